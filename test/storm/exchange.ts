import { ask } from '../support/gateway.ts';
import type { Answer } from '../support/gateway.ts';
import type { Account } from './account.ts';
import type { Run } from './chaos.ts';
import type { Running } from './replica.ts';
import { timing } from './timing.ts';
import type { World } from './world.ts';

/** One request of a caller to a replica; the answer is null where the replica died or was down. */
export interface Exchange {
  readonly by: Running;
  readonly answer: Answer | null;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What upstreams that fail are answered with. */
export const outages: ReadonlySet<unknown> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_CONTRACT',
  'UPSTREAM_OUTCOME_UNKNOWN',
]);

/** Sends, and counts what must not come of it whatever was asked. */
export async function exchange(
  world: World,
  run: Run,
  by: Running,
  account: Account,
  body: object,
  headers: Record<string, string> = {},
): Promise<Exchange> {
  const startedAt = performance.now();
  const { promise: hang, resolve } = Promise.withResolvers<'hang'>();
  const timer = setTimeout(() => resolve('hang'), timing.hangMs);
  const sent = ask(by.url, body, { 'x-hubspot-token': account.token, ...headers }).catch(() => null);
  const answer = await Promise.race([sent, hang]);
  clearTimeout(timer);
  const endedAt = performance.now();
  const isAlive = world.running().includes(by);
  const description = `${by.name} ${JSON.stringify(body).slice(0, 300)}`;
  if (answer === 'hang') run.tally.bad('hangs', description);
  if (answer === null && isAlive) run.tally.bad('dropped', description);
  if (answer === null) run.tally.count('requests that a dying replica took along');
  if (answer === 'hang' || answer === null) return { by, answer: null, startedAt, endedAt };
  checkAnswer(answer, account, run, description);
  return { by, answer, startedAt, endedAt };
}

function checkAnswer({ text, errors = [] }: Answer, { prefix }: Account, { tally }: Run, description: string): void {
  const stranger = [...text.matchAll(/"(c\d+-)\d+"/g)].find(([, found]) => found !== prefix);
  if (stranger !== undefined) tally.bad('leaks', `${description}: ${stranger[0]}`);
  for (const { extensions, message } of errors) {
    const code = extensions['code'];
    tally.count(`error ${String(code)}`);
    if (code === 'INTERNAL_SERVER_ERROR') tally.bad('defects', `${description}: ${message}`);
    else if (!outages.has(code)) tally.bad('wrongAnswers', `${description}: ${String(code)} ${message}`);
  }
}
