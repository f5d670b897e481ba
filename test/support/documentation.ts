import { readdirSync, readFileSync } from 'node:fs';

/** Where the repository is. */
export const root = new URL('../../', import.meta.url);

/** The paths of the pages that explain the gateway. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`),
];

/** The text of a file of the repository, by its path or URL. */
export function readFile(path: string | URL): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** The cells of the first table below a heading, its head first; none where there is no such table. */
export function readTable(page: string, heading: string): readonly (readonly string[])[] {
  const [, below = ''] = page.split(`\n${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(below) ?? [];
  return table
    .split('\n')
    .filter((line) => line !== '' && !/^\| *-/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}
