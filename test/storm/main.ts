import { parseArgs } from 'node:util';
import { provideRedisServer } from '../support/redis-server.ts';
import { runStorm } from './run.ts';
import { badKinds } from './tally.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds ?? 60);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isFinite(seconds) || seconds <= 0 || !Number.isInteger(seed)) {
  console.error('Usage: npm run storm -- [--seconds <number>] [--seed <whole number>]');
  process.exit(2);
}

const redisPath = await provideRedisServer();
if (redisPath === null) process.exit(2);
console.log(`A storm of ${seconds} s with --seed ${seed}`);
const tally = await runStorm({ redisPath, seconds, seed });
for (const [what, count] of tally.entries()) {
  const meaning = what in badKinds ? ` (${badKinds[what as keyof typeof badKinds]})` : '';
  console.log(`${String(count).padStart(7)}  ${what}${meaning}`);
}
for (const example of tally.examples) console.error(example);
process.exit(tally.isClean() ? 0 : 1);
