import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
const [unreleased = '', ...released] = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? '');

test('what is not released yet stands on top', () => {
  expect(unreleased).toBe('[Unreleased]');
});

test('every release has a version and a date, the newest first', () => {
  const releases = released.map((heading) => /^\[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d{2}-\d{2}$/.exec(heading));
  expect(releases).not.toContain(null);
  const versions = releases.map((release) => (release ?? []).slice(1).map(Number));
  const newestFirst = versions.toSorted(([a = 0, b = 0, c = 0], [d = 0, e = 0, f = 0]) => d - a || e - b || f - c);
  expect(versions).toEqual(newestFirst);
});

test('changes are sorted by the kinds that Keep a Changelog knows', () => {
  const kinds = [...page.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
  expect(kinds.length).toBeGreaterThan(0);
  for (const kind of kinds) {
    expect(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']).toContain(kind);
  }
});
