import { setTimeout as sleep } from 'node:timers/promises';
import { toHubSpotList, toHubSpotPipeline } from './accounts.ts';
import { send } from './answers.ts';
import type { Attack } from './attack.ts';
import { askAll, list, readCode } from './questions.ts';
import type { Target, Upstream } from './target.ts';

/** The token of the caller whose upstream is slow, or who is impatient. */
const neighbour = 999_999;
const slowMs = 4_000;
/** Small lists that nobody keeps, so that each answer needs the upstream. */
const env = { GATEWAY_STORE_FRESH_SECONDS: '0' };
const byKey = (selection: string) => `{ pipelineByKey(objectType: "deals", pipelineId: "p0") { ${selection} } }`;

/** What one caller, or one object, once did to all others of a source: their answers are what is looked at. */
export const neighbours: readonly Attack[] = [
  {
    name: 'a tenant with a slow upstream, beside 200 others',
    env,
    upstream: slowFor(neighbour),
    async run(target) {
      const flood = Array.from({ length: 200 }, () => target.ask(list('id'), {}, neighbour).catch(() => null));
      const code = await askAll(target, list('id'), 200);
      await Promise.all(flood);
      return code;
    },
    expected: 'OK',
  },
  {
    name: 'callers who give up after a millisecond, 100 times',
    env,
    upstream: (_, response) => void sleep(20).then(() => send(response, 200, toHubSpotList(1, 3))),
    async run(target) {
      for (let round = 0; round < 5; round += 1) {
        const hasty = Array.from({ length: 20 }, () => target.ask(list('id'), {}, 0, { 'x-deadline-ms': '1' }));
        await Promise.all(hasty);
      }
      return readCode(await target.ask(list('id')));
    },
    expected: 'OK',
  },
  {
    name: 'one object whose history is broken, asked for 40 times',
    env,
    upstream: ({ url = '' }, response) =>
      url.endsWith('/audit') ? send(response, 500, '{}') : send(response, 200, toHubSpotPipeline(3)),
    async run(target) {
      for (let n = 0; n < 40; n += 1) await target.ask(byKey('audit(first: 1) { totalCount }'));
      return askAll(target, byKey('id'), 40, 0);
    },
    expected: 'OK',
  },
  {
    name: 'one 503 that asks for a pause of an hour, of one tenant among others',
    env: { ...env, GATEWAY_CIRCUIT_RETRY_SECONDS: '1' },
    upstream: pausingOnce(),
    async run(target) {
      await askAll(target, list('id'), 20);
      return untilAnswered(target);
    },
    expected: 'OK',
  },
];

function slowFor(caller: number): Upstream {
  return ({ headers }, response) => {
    const isSlow = headers.authorization === `Bearer ${caller}`;
    void sleep(isSlow ? slowMs : 0).then(() => send(response, 200, toHubSpotList(1, 3)));
  };
}

function pausingOnce(): Upstream {
  let count = 0;
  return (_, response) => {
    count += 1;
    if (count === 5) response.setHeader('retry-after', '3600');
    send(response, count === 5 ? 503 : 200, count === 5 ? '{}' : toHubSpotList(1, 3));
  };
}

/** The code of the answers once a pause may have ended; it is looked at as often as a probe is due, and bounded. */
async function untilAnswered(target: Target): Promise<string> {
  let code = 'no answer';
  for (let n = 0; n < 20 && code !== 'OK'; n += 1) {
    code = await askAll(target, list('id'), 20);
    if (code !== 'OK') await sleep(250);
  }
  return code;
}
