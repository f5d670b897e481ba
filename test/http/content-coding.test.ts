import { expect, test } from 'vitest';
import { chooseCoding } from '../../src/http/content-coding.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['identity', 'identity'],
  ['deflate, zstd', 'identity'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP;Q=1.0, br;q=0', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['gzip;q=0', 'identity'],
  ['gzip;q=nonsense', 'gzip'],
])('the coding for Accept-Encoding: %s is %s, and none for what is small', (header, coding) => {
  expect(chooseCoding(header, 5_000)).toBe(coding);
  expect(chooseCoding(header, 500)).toBe('identity');
});
