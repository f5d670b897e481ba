import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareRooms, house } from './rooms.ts';
import { walks } from './walks.ts';
import type { Walk, WalkName } from './walks.ts';

/** The files of `src/` that each kind of request enters, in the order of their rooms and paths. */
export type EnteredFiles = Readonly<Record<WalkName, readonly string[]>>;

/** Entered only if the machine is so busy that an answer has to let others go first. */
const ifBusy: ReadonlySet<string> = new Set(['src/graphql/limits/turns.ts']);

const root = new URL('../..', import.meta.url);
/** A gateway is done with a request as soon as it has called nothing for so long. */
const quietMs = 100;
/** A gateway that has not answered after so long has ended, or hangs. */
const answerMs = 30_000;

/** Lists the files with a function that a request calls; a gateway of its own on the sandbox answers each of them. */
export async function listEnteredFiles(): Promise<EnteredFiles> {
  const [query, mutation, entities] = await Promise.all([
    enter(walks.query),
    enter(walks.mutation),
    enter(walks.entities),
  ]);
  return { query, mutation, entities };
}

/** Asks twice, so that what happens only once in a process does not count, about different data, so that the cache is cold. */
async function enter(walk: Walk): Promise<readonly string[]> {
  const reporter = new URL('report-entered-files.ts', import.meta.url).href;
  const gateway = spawn(process.execPath, ['--import', reporter, 'src/main.ts'], {
    cwd: root,
    env: { PORT: '0', SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  try {
    const url = await readUrl(gateway);
    await ask(url, walk('tickets'));
    await takeEnteredFiles(gateway);
    await ask(url, walk('deals'));
    return await takeEnteredFiles(gateway);
  } finally {
    gateway.kill('SIGKILL');
  }
}

/** The URL of GraphQL, as soon as the gateway has said it; rejects if the gateway ends before. */
async function readUrl({ stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let complaints = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  for await (const line of createInterface({ input: stdout })) {
    const url = /^GraphQL +(\S+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The gateway did not start: ${complaints}`);
}

async function ask(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok || /"errors":\[[^\]]/.test(text)) throw new Error(`The gateway answered ${answer.status}: ${text}`);
}

/** The files of `src/` that were entered since this was asked last, when no more are. */
async function takeEnteredFiles(gateway: ChildProcess): Promise<readonly string[]> {
  const entered = new Set<string>();
  for (;;) {
    await sleep(quietMs);
    gateway.send('take');
    const [files] = (await once(gateway, 'message', { signal: AbortSignal.timeout(answerMs) })) as [readonly string[]];
    // The embedded sandbox runs in the same process.
    const own = files.filter((path) => path.startsWith('src/') && !ifBusy.has(path));
    if (own.length === 0) return [...entered].toSorted((a, b) => compareRooms(house, a, b));
    for (const path of own) entered.add(path);
  }
}
