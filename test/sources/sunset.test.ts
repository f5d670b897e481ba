import { expect, test } from 'vitest';
import { describeSunset, findNextNotice } from '../../src/sources/sunset.ts';

const source = { name: 'old', apiVersion: 'v1', sunsetAt: '2026-12-04T00:00:00.000Z' };

test.each([
  ['2026-09-04T00:00:00Z', null],
  ['2026-09-05T00:00:00Z', 'Version v1 of the API of source "old" ends on 2026-12-04.'],
  ['2026-12-04T23:59:59Z', 'Version v1 of the API of source "old" ends on 2026-12-04.'],
  ['2026-12-05T00:00:00Z', 'Version v1 of the API of source "old" ended on 2026-12-04.'],
  ['2037-01-01T00:00:00Z', 'Version v1 of the API of source "old" ended on 2026-12-04.'],
])('at %s the end of a version is told as: %s', (now, sentence) => {
  expect(describeSunset(source, new Date(now))).toBe(sentence);
});

test('a version that names no end never ends, and nothing is said of it', () => {
  const now = new Date('2037-01-01T00:00:00Z');
  expect(describeSunset({ ...source, sunsetAt: null }, now)).toBeNull();
});

test.each([
  ['2026-01-01T00:00:00Z', '2026-09-05T00:00:00Z'],
  ['2026-09-05T00:00:00Z', '2026-12-05T00:00:00Z'],
])('what is said of the ends of versions at %s is right until %s', (now, until) => {
  const others = [{ sunsetAt: null }, { sunsetAt: '2030-01-01T00:00:00Z' }];
  expect(findNextNotice([source, ...others], new Date(now))).toBe(Date.parse(until));
});

test('what is said of the ends of versions is right for ever after the last one', () => {
  expect(findNextNotice([source], new Date('2037-01-01T00:00:00Z'))).toBe(Infinity);
});
