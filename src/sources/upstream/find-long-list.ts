import { LongList } from '../long-list.ts';
import { parseExactJson } from '../../domain/exact-json.ts';
import { skipValue, toEndOfString } from '../../domain/json-structure.ts';
import type { JsonPosition } from '../../domain/json-structure.ts';

/** The items of a list, of which the first begins at `from`. */
function* toGroups(text: string, from: number, signal?: AbortSignal): Generator<readonly unknown[]> {
  const position: JsonPosition = { at: from, depth: 1, values: 0 };
  let start = from;
  for (;;) {
    signal?.throwIfAborted();
    skipValue(text, position);
    const isLast = text.charCodeAt(position.at) !== comma;
    if (isLast || position.at - start > groupLength) {
      yield parseExactJson(`[${text.slice(start, position.at)}]`) as readonly unknown[];
      start = position.at + 1;
    }
    if (isLast) break;
    position.at += 1;
  }
  // What stands around the list must be JSON too, or the text was cut.
  parseExactJson(`${text.slice(0, from)}${text.slice(position.at)}`);
}

const comma = 0x2c;
const groupLength = 32 * 1024;

/**
 * The list that an object's text holds under a name; null if the text does not begin like an object with such a list. It is
 * read no further once the signal has fired.
 */
export function findLongList(text: string, name: string, signal?: AbortSignal): LongList | null {
  let at = skipSpace(text, 0);
  if (text[at] !== '{') return null;
  const position: JsonPosition = { at: at + 1, depth: 1, values: 0 };
  for (;;) {
    at = skipSpace(text, position.at);
    if (text[at] !== '"') return null;
    const end = toEndOfString(text, at + 1);
    const key = text.slice(at + 1, end - 1);
    at = skipSpace(text, end);
    if (text[at] !== ':') return null;
    at = skipSpace(text, at + 1);
    if (key === name) return text[at] === '[' ? toLongList(text, at + 1, signal) : null;
    position.at = at;
    skipValue(text, position);
    if (text.charCodeAt(position.at) !== comma) return null;
    position.at += 1;
  }
}

function toLongList(text: string, from: number, signal: AbortSignal | undefined): LongList {
  return new LongList(() => toGroups(text, from, signal));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? '-')) at += 1;
  return at;
}
