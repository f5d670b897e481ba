import { globSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readFile, root } from '../support/documentation.ts';

const page = readFile('CONTRIBUTING.md');

/** The rooms, from the highest to the lowest: folders, which end in a slash, and single files. */
const rooms = [...page.matchAll(/^\| `(src\/[^`]*)` +\|/gm)].map(([, room]) => room ?? '');
const files = globSync('src/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));

/** Where a file's room stands in the table; -1 if none has it. */
function levelOf(file: string): number {
  return rooms.findIndex((room) => (room.endsWith('/') ? file.startsWith(room) : file === room));
}

/** The files of `src/` that a file imports, types included. */
function listImports(file: string): readonly string[] {
  const specifiers = [...readFile(file).matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, name]) => name ?? '',
  );
  return specifiers.map((name) => posix.join(posix.dirname(file), name)).filter((name) => name.startsWith('src/'));
}

test('CONTRIBUTING.md’s table of rooms has every file of src/, and no room that is empty', () => {
  expect(files.filter((file) => levelOf(file) < 0)).toEqual([]);
  expect(rooms.filter((_, level) => !files.some((file) => levelOf(file) === level))).toEqual([]);
});

test('each room imports only rooms that stand below it in the table', () => {
  const imports = files.flatMap((file) => listImports(file).map((imported) => [file, imported] as const));
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.filter(([file, imported]) => levelOf(imported) < levelOf(file))).toEqual([]);
});

test('CONTRIBUTING.md names every check that CI runs', () => {
  const checks = readFile('.ci/run').match(/^npm (?:run [\w:]+|test)$/gm) ?? [];
  expect(checks.length).toBeGreaterThan(2);
  for (const check of checks) expect(page).toContain(`| \`${check}\``);
});
