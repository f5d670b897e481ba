import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { readFile, root } from '../support/documentation.ts';

const pages = globSync(['*.md', 'docs/*.md', 'examples/*/*.md'], { cwd: root }).map((page) =>
  page.replaceAll('\\', '/'),
);
const { scripts } = JSON.parse(readFile('package.json'));
const tests = new Set(globSync('test/**/*.test.ts', { cwd: root }).map((file) => basename(file)));

/** What of a page's text the pattern's group matches. */
function findAll(page: string, pattern: RegExp): readonly string[] {
  return [...readFile(page).matchAll(pattern)].map(([, found]) => found ?? '');
}

/** The anchors of a page's headings, as they are made where Markdown is shown. */
function listAnchors(page: URL): readonly string[] {
  const headings = [...readFile(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading ?? '');
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('the pages of the project are found, to be held against it', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/versioning.md']));
});

test.each(pages)('the page %s names no npm script that there is not', (page) => {
  const names = findAll(page, /npm (?:run )?((?<=run )[\w:-]+|start|test)\b/g);
  expect(names.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

test.each(pages)('the page %s links only to what is there', (page) => {
  const links = findAll(page, /\]\((?!https?:)([^)]+)\)/g);
  const dead = links.filter((link) => {
    const url = new URL(link, new URL(page, root));
    const anchor = url.hash.slice(1);
    url.hash = '';
    return !existsSync(url) || (anchor !== '' && !listAnchors(url).includes(anchor));
  });
  expect(dead).toEqual([]);
});

test.each(pages)('the page %s names only files that there are', (page) => {
  const paths = findAll(
    page,
    /`((?:\.ci|bench|bin|docs|examples|graphiql|sandbox|schema|scripts|src|test)\/[\w./-]*)`/g,
  );
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  const named = findAll(page, /`([\w-]+\.test\.ts)`/g);
  expect(named.filter((name) => !tests.has(name))).toEqual([]);
});
