import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptionsWithoutStdio } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The gateway in a process of its own, started as `npm start` does it. */
export interface GatewayProcess {
  readonly child: ChildProcess;
  /** What it wrote so far. */
  readonly output: { stdout: string; stderr: string };
  /** Ends when the process has ended and all that it wrote was read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** The gateway's and the sandbox's URL, as soon as it has said that it is ready; rejects where it ends before. */
  readonly ready: Promise<{ readonly url: string; readonly sandboxUrl: string | undefined }>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What Node is started with. */
export const gatewayCommand = ['--import', './scripts/require-node-24.js', 'src/main.ts'];
const running = new Set<ChildProcess>();

/** Starts a process with nothing in its environment but `env`; ports are free ones where it names none. */
export function spawnGateway(
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = gatewayCommand,
  { node = process.execPath, ...options }: SpawnOptionsWithoutStdio & { readonly node?: string } = {},
): GatewayProcess {
  const child = spawn(node, args, { cwd: root, ...options, env: { PORT: '0', SANDBOX_PORT: '0', ...env } });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => output.stdout.split('\n').length > 3 && resolve());
    void ended.then(({ code }) => reject(new Error(`The gateway ended with ${code}: ${output.stderr}`)));
  }).then(() => {
    const [url = '', sandboxUrl] =
      /GraphQL +(\S+)\/graphql[^]*?(?:sandbox at (\S+)\)|$)/.exec(output.stdout)?.slice(1) ?? [];
    return { url, sandboxUrl };
  });
  // A test that expects the start to fail never looks at it.
  ready.catch(() => {});
  return { child, output, ended, ready };
}

/** Ends whatever a test left running. */
export function killGateways(): void {
  for (const child of running) child.kill('SIGKILL');
}
