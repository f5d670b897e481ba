import { expect, test } from 'vitest';
import { readFile } from '../support/documentation.ts';

const page = readFile('CHANGELOG.md');
const [unreleased = '', ...released] = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? '');

test('the changelog has what is not released yet on top', () => {
  expect(unreleased).toBe('[Unreleased]');
});

test('every release in the changelog has a version and a date, the newest first', () => {
  const releases = released.map((heading) => /^\[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d{2}-\d{2}$/.exec(heading));
  expect(releases).not.toContain(null);
  const versions = releases.map((release) => (release ?? []).slice(1).map(Number));
  const newestFirst = versions.toSorted(([a = 0, b = 0, c = 0], [d = 0, e = 0, f = 0]) => d - a || e - b || f - c);
  expect(versions).toEqual(newestFirst);
});

test('the changelog sorts changes by the kinds that Keep a Changelog knows', () => {
  const kinds = [...page.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
  expect(kinds.length).toBeGreaterThan(0);
  for (const kind of kinds) {
    expect(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']).toContain(kind);
  }
});
