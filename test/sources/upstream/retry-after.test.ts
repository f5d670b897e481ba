import { expect, test } from 'vitest';
import { readRetryAfterSeconds } from '../../../src/sources/upstream/retry-after.ts';

const date = 'Sun, 06 Nov 1994 08:49:37 GMT';

test.each<[value: string, seconds: number | null]>([
  ['0', 0],
  ['120', 120],
  ['3 ', 3],
  [' 3', 3],
  ['3, 3', 3],
  ['3, 7', 7],
  ['0.5', 0.5],
  ['99999999999999999999', 86_400],
  ['-5', null],
  ['+5', null],
  ['1e3', null],
  ['0x10', null],
  ['NaN', null],
  ['Infinity', null],
  ['', null],
  ['soon', null],
  ['3;4', null],
  ['2030', 2030],
  ['2030-01-01', null],
  ['Sun, 06 Nov 1994 08:50:37 GMT', 60],
  ['Sunday, 06-Nov-94 08:50:37 GMT', 60],
  ['Sun Nov  6 08:50:37 1994', 60],
  ['Sun, 06 Nov 1994 08:48:37 GMT', 0],
  ['Sun, 06 Nov 2094 08:48:37 GMT', 86_400],
  ['Sun, 06 Nov 1994 08:50:37', null],
  ['9'.repeat(150), null],
  [','.repeat(150), null],
])('Retry-After %j is read by RFC 9110, a date against the Date of the answer', (value, seconds) => {
  expect(readRetryAfterSeconds({ 'retry-after': value, date })).toBe(seconds);
});

test('no Retry-After names no time', () => {
  expect(readRetryAfterSeconds({ date })).toBeNull();
});

test.each([undefined, 'yesterday'])('a date is compared with our clock if the answer has no Date, but %j', (own) => {
  const soon = new Date(Date.now() + 60_000).toUTCString();
  const seconds = readRetryAfterSeconds({ 'retry-after': soon, ...(own === undefined ? {} : { date: own }) });
  expect(seconds).toBeGreaterThan(55);
  expect(seconds).toBeLessThanOrEqual(60);
});
