import { parseArgs } from 'node:util';
import { attacks } from './attacks.ts';
import { runAttack } from './run.ts';
import type { Outcome } from './run.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, only: { type: 'string' } } });
const seconds = Number(values.seconds ?? 60);
const chosen = attacks.filter(({ name }) => name.includes(values.only ?? ''));
if (!Number.isFinite(seconds) || seconds < 0 || chosen.length === 0) {
  console.error('Usage: npm run torture -- [--seconds <number>] [--only <part of a name>]');
  process.exit(2);
}

console.log('code                     longest block  memory before and after');
const endsAt = performance.now() + seconds * 1000;
let failures = 0;
// Every attack is made once, however long that takes, and again while there is time.
for (let round = 0; round === 0 || performance.now() < endsAt; round += 1) {
  for (const attack of chosen) {
    if (round > 0 && performance.now() >= endsAt) break;
    const outcome = await runAttack(attack);
    if (outcome.problem !== null) failures += 1;
    console.log(toLine(outcome));
  }
}
console.log(failures === 0 ? 'The gateway stood all of it.' : `${failures} attacks had their way.`);
process.exit(failures === 0 ? 0 : 1);

function toLine({ name, code, blockMs, memoryBefore, memoryAfter, problem }: Outcome): string {
  const memory = `${toMegabytes(memoryBefore)} ${toMegabytes(memoryAfter)}`;
  const end = problem === null ? name : `${name}: ${problem}`;
  return `${(code ?? 'no answer').padEnd(24)} ${`${Math.round(blockMs)} ms`.padStart(13)}  ${memory}  ${end}`;
}

function toMegabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`.padStart(11);
}
