// `npm run structure` prints the figures; `--entered query` (mutation, entities) prints the files that such a request enters.
// `npm run structure -- --walks` prints the table of docs/how-it-is-built.md.
// `npm run check:structure` prints what breaks a rule, and fails if anything does.
import { parseArgs } from 'node:util';
import { listEnteredFiles } from './entered-files.ts';
import { measureStructure } from './figures.ts';
import { readProject } from './project.ts';
import { house, nameRoom } from './rooms.ts';
import { findViolations } from './rules.ts';
import { toWalkTable } from './walk-table.ts';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, entered: { type: 'string' }, walks: { type: 'boolean' } },
});
if (values.check) check();
else if (values.walks) console.log(toWalkTable(await listEnteredFiles()));
else if (values.entered !== undefined) await printEnteredFiles(values.entered);
else await printFigures();

function check(): void {
  const violations = findViolations(readProject(), house);
  for (const { path, line, message } of violations) console.error(`${path}:${line}: ${message}`);
  if (violations.length > 0) process.exitCode = 1;
}

async function printEnteredFiles(kind: string): Promise<void> {
  const entered: Readonly<Record<string, readonly string[]>> = await listEnteredFiles();
  const files = entered[kind];
  if (files === undefined) throw new Error(`There is no ${kind}; there are ${Object.keys(entered).join(', ')}.`);
  printTable(files.map((path) => [nameRoom(house, path), path]));
}

async function printFigures(): Promise<void> {
  const entered = Object.entries(await listEnteredFiles());
  printTable([
    ...measureStructure(readProject(), house),
    ...entered.map(([kind, files]) => [`files entered: ${kind}`, `${files.length}`] as const),
  ]);
}

function printTable(rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
}
