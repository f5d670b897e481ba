import { afterAll, expect, test } from 'vitest';
import { killGateways } from '../support/gateway-process.ts';
import { attacks } from './attacks.ts';
import { runAttack } from './run.ts';

afterAll(killGateways);

/** Those that ended the process or held it for long; `npm run torture` makes all of them. */
const worst = [
  'the same, refused while it runs',
  'a list of 15.8 MB of zeros',
  'a refusal of 200 kB',
  'a history of 150,000 entries',
  'long labels in a store of 1 MB, for 100 callers',
];

test.each(worst)(
  'a gateway that is attacked by %s answers with the right code, and its memory comes back',
  async (name) => {
    const attack = attacks.find((candidate) => candidate.name === name);
    if (attack === undefined) throw new Error('There is no such attack.');
    const outcome = await runAttack(attack);
    console.log(`${name}: a block of ${Math.round(outcome.blockMs)} ms at most`);
    expect(outcome).toMatchObject({ code: attack.expected, isMemoryBack: true });
  },
);
