import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The pipelines gateway in a process of its own, on its sandbox. */
interface GatewayProcess {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** Ends it as an operator does, with SIGTERM. */
  close(): Promise<void>;
}

/** Starts the gateway as `npm start` does, on free ports; rejects where it ends before it is ready. */
export async function startGateway(): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, PORT: '0', SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await readUrl(createInterface({ input: child.stdout }));
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function readUrl(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [, url] = /^GraphQL +(\S+)/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('The gateway did not start.');
}
