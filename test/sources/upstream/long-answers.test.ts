import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactJson, printExactJson } from '../../../src/domain/exact-json.ts';
import { findLongList } from '../../../src/sources/upstream/find-long-list.ts';

/** What the list in a text holds, in pieces, one after another; undefined if there is none. */
function readList(text: string): unknown {
  return [...(findLongList(text, 'results')?.groups() ?? [])].flat();
}

const spaced = (value: unknown, indent: number) => JSON.stringify(value, null, indent);
const item = fc.jsonValue({ maxDepth: 3 });

test('a list read in pieces holds what parsing the whole text gives, whatever stands in it and around it', () => {
  const around = fc.dictionary(
    fc.string().filter((name) => name !== 'results'),
    item,
    { maxKeys: 3 },
  );
  fc.assert(
    fc.property(fc.array(item), around, around, fc.nat(2), (results, before, after, indent) => {
      const text = spaced({ ...before, results, ...after }, indent);
      expect(readList(text)).toEqual((parseExactJson(text) as { results: unknown }).results);
    }),
  );
});

test('a list is read in several pieces if it is long', () => {
  const results = Array.from({ length: 5_000 }, (_, index) => ({
    id: `${index}`,
    label: 'a "quoted", [odd] \\ label',
  }));
  const list = findLongList(JSON.stringify({ results }), 'results');
  expect([...(list?.groups() ?? [])].length).toBeGreaterThan(5);
  expect([...(list?.groups() ?? [])].flat()).toEqual(results);
});

test('a list that was cut, or that is no JSON, throws', () => {
  const text = JSON.stringify({ a: 1, results: [{ id: '1' }, 'b'], paging: { next: 'x' } });
  fc.assert(
    fc.property(fc.integer({ min: text.indexOf('[') + 1, max: text.length - 1 }), (length) => {
      expect(() => readList(text.slice(0, length))).toThrow(SyntaxError);
    }),
  );
  for (const wrong of [
    '{"results":[1,,2]}',
    '{"results":[1}',
    '{"results":[1]]}',
    '{"results":[1]} x',
    '{"results":[a]}',
  ]) {
    expect(() => readList(wrong)).toThrow(SyntaxError);
  }
});

test.each(['[1]', '"results"', '{}', '{"a":[1]}', '{"results":{}}', '{"results"', '{"a":{"results":[1]}}', '', '{,}'])(
  'a text without the list has none: %s',
  (text) => expect(findLongList(text, 'results')).toBeNull(),
);

test('JSON that is nested deeper than 64 levels, or holds more than 200,000 values, is not parsed', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const list = (length: number) => `[${'0,'.repeat(length - 1)}0]`;
  expect(parseExactJson(nested(64))).toEqual(JSON.parse(nested(64)));
  expect(() => parseExactJson(nested(65))).toThrow(SyntaxError);
  expect(parseExactJson(list(200_000))).toHaveLength(200_000);
  expect(() => parseExactJson(list(200_001))).toThrow(SyntaxError);
  // What stands in a string is text.
  expect(parseExactJson(JSON.stringify(`"\\${nested(100)}`))).toBe(`"\\${nested(100)}`);
});

test('whatever is nested and counted modestly is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(2), (value, indent) => {
      const text = spaced(value, indent);
      expect(printExactJson(parseExactJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});
