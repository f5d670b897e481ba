import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What a process has used since it started. */
export interface Usage {
  /** User and system time of all its threads. */
  readonly cpuMicros: number;
  /** Resident memory in bytes. */
  readonly rss: number;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** From the start of the process until it listens. */
  readonly readyMs: number;
  /** Asks it something over IPC, one question at a time. */
  readonly ask: <T>(question: string) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** What a process is started with. */
interface ServerStart {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The core that it may use; any if null. */
  readonly core: number | null;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const hook = new URL('usage-hook.ts', import.meta.url).href;
const endMs = 15_000;

/** Starts a server, and waits until it says where it listens; rejects if it ends before. */
export async function startServer({ file, args = [], env = {}, core }: ServerStart): Promise<ServerProcess> {
  const node = [process.execPath, '--import', hook, file, ...args];
  const [command = '', ...rest] = core === null ? node : ['taskset', '-c', String(core), ...node];
  const startedAt = performance.now();
  const child = spawn(command, rest, {
    cwd: root,
    env: { ...cleanEnvironment(), NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await readUrl(child, file);
  const readyMs = performance.now() - startedAt;
  return { url, readyMs, ask: (question) => ask(child, question), stop: () => stop(child) };
}

/** Without settings that somebody has for a gateway of their own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(GATEWAY|HUBSPOT|ORGANIZATION|SANDBOX|OTEL|NODE_OPTIONS)/.test(name),
  );
  return Object.fromEntries(others);
}

function readUrl(child: ChildProcess, file: string): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const [, url] = /^(?:GraphQL +|ready at )(http:\/\/[\d.:]+)/m.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready.`)));
  });
}

async function ask<T>(child: ChildProcess, question: string): Promise<T> {
  const ended = new AbortController();
  const onExit = (): void => ended.abort();
  child.once('exit', onExit);
  try {
    const answered = once(child, 'message', { signal: ended.signal });
    child.send(question);
    const [answer] = await answered;
    return answer as T;
  } finally {
    child.off('exit', onExit);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = new AbortController();
  sleep(endMs, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  await ended;
  late.abort();
}
