/** Measures what the gateway costs beside other servers: `npm run bench`; docs/performance.md says what the figures mean. */
import { compareStacks } from './compare.ts';
import { OptionsError, readOptions, usage } from './options.ts';
import type { Options } from './options.ts';
import { findWrongCounts } from './quick.ts';
import { measureScale } from './scale.ts';

async function main(options: Options): Promise<void> {
  if (options.kind === 'scale') return measureScale(options);
  const { figures, keptAnswers } = await compareStacks(options);
  if (options.kind !== 'quick') return;
  const problems = findWrongCounts(figures);
  if (keptAnswers === 0) problems.push('The gateway served no kept answer.');
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
