import { expect, test } from 'vitest';
import { listEnteredFiles } from '../../scripts/structure/entered-files.ts';
import { toWalkTable } from '../../scripts/structure/walk-table.ts';
import { readFile } from '../support/documentation.ts';

const page = readFile('docs/how-it-is-built.md');

/** The cells of a Markdown table, without what a formatter adds. */
function toCells(table: string): readonly (readonly string[])[] {
  const rows = table.split('\n').filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line));
  return rows.map((row) => row.split('|').map((cell) => cell.trim()));
}

test('docs/how-it-is-built.md lists the files that requests really enter', async () => {
  const [, section = ''] = /^## What a request enters$(.*?)^## /ms.exec(page) ?? [];
  expect(toCells(section)).toEqual(toCells(toWalkTable(await listEnteredFiles())));
});
