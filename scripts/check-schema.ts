// `npm run schema:check` fails where the schema's last change breaks clients and schema/intended-breaks.json does not say why.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { printedSchemaFile, printSchema } from './printed-schema.ts';
import { findSchemaBreaks } from './schema-breaks.ts';

const intendedBreaksFile = new URL('../schema/intended-breaks.json', import.meta.url);
/** The reason of each break, by its path. */
const intendedBreaks = z.record(z.string(), z.string().trim().min(1, 'wants a reason'));

const sdl = printSchema();
const problems = await checkLastChange(readPrevious(sdl), sdl);
if (problems.length > 0) {
  console.error(problems.map((problem) => `- ${problem}`).join('\n'));
  console.error(
    'What is meant to break is named in schema/intended-breaks.json, {"path": "reason"}, for as long as it is new.',
  );
  process.exitCode = 1;
}

async function checkLastChange(previous: string, current: string): Promise<readonly string[]> {
  const intended = intendedBreaks.parse(JSON.parse(readFileSync(intendedBreaksFile, 'utf8')));
  const breaks = await findSchemaBreaks(previous, current);
  const paths = new Set(breaks.map(({ path }) => path));
  return [
    ...breaks.filter(({ path }) => !Object.hasOwn(intended, path)).map(({ path, message }) => `${path}: ${message}.`),
    ...Object.keys(intended)
      .filter((path) => !paths.has(path))
      .map((path) => `${path}: schema/intended-breaks.json names this, but nothing breaks there.`),
  ];
}

/**
 * The newest other schema that clients were promised: the last one that differs from today's, of those committed before
 * this branch left main. So on main itself, and once a change is committed, it is still the change that is checked.
 * Without git the printed file stands for it.
 */
function readPrevious(current: string): string {
  const base = git('merge-base', 'HEAD', 'origin/main') ?? git('merge-base', 'HEAD', 'main') ?? 'HEAD';
  const commits = git('log', '--format=%H', base, '--', 'schema.graphql')?.split('\n') ?? [];
  for (const commit of commits.filter(Boolean)) {
    const committed = git('show', `${commit}:./schema.graphql`);
    if (committed !== null && committed !== current.trimEnd()) return committed;
  }
  if (git('rev-parse', '--is-shallow-repository') === 'true') {
    console.error('This clone is shallow, so the last change of the schema is not known. Run: git fetch --unshallow');
    process.exit(1);
  }
  return existsSync(printedSchemaFile) ? readFileSync(printedSchemaFile, 'utf8') : current;
}

/** What git prints, without white space around it; null where it fails. */
function git(...args: readonly string[]): string | null {
  try {
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
