import { ExactInteger } from './exact-integer.ts';
import { requireModest } from './json-structure.ts';

/** What JSON's parser tells beside a value, which TypeScript does not know yet. */
interface ParseContext {
  /** The value's own text. */
  readonly source: string;
}

/** The part of JSON that TypeScript does not know yet. */
interface ExactJson {
  parse(text: string, reviver: (name: string, value: unknown, context: ParseContext) => unknown): unknown;
  /** What is printed as `text`, to the letter. */
  rawJSON(text: string): object;
}

const exactJson = JSON as unknown as ExactJson;

/**
 * Parses JSON; an integer beyond 2^53 − 1 either way becomes an ExactInteger, which keeps its digits. Throws a SyntaxError,
 * also for what is nested too deep or holds too many values.
 */
export function parseExactJson(text: string): unknown {
  requireModest(text);
  // A reviver makes parsing several times slower, and next to no text needs it.
  return mayHoldLongInteger(text) ? exactJson.parse(text, toExact) : JSON.parse(text);
}

/** Prints JSON; an ExactInteger is the number that it was read from, and −0 has its sign. */
export function printExactJson(value: unknown): string {
  return JSON.stringify(value, toPrinted);
}

function toExact(_name: string, value: unknown, { source }: ParseContext): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(source) ? new ExactInteger(source) : value;
}

function toPrinted(this: Readonly<Record<string, unknown>>, name: string, printed: unknown): unknown {
  const value = this[name];
  if (value instanceof ExactInteger) return exactJson.rawJSON(value.digits);
  return Object.is(value, -0) ? exactJson.rawJSON('-0') : printed;
}

/** The digits of 2^53 − 1. */
const longDigits = 16;

/** Whether a number of that many digits is in the text; text that only looks like one costs time, and changes nothing. */
function mayHoldLongInteger(text: string): boolean {
  // One character of any so many in a row is looked at, so what follows a run of digits is found wherever it begins.
  for (let at = longDigits - 1; at < text.length; at += longDigits) {
    if (!isDigit(text, at)) continue;
    let first = at;
    while (isDigit(text, first - 1)) first -= 1;
    while (isDigit(text, at + 1)) at += 1;
    if (at - first + 1 >= longDigits && isStartOfNumber(text, first)) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Not preceded by what only a string or the rest of a number can hold. */
function isStartOfNumber(text: string, first: number): boolean {
  const at = text[first - 1] === '-' ? first - 2 : first - 1;
  return at < 0 || ':[, \t\r\n'.includes(text[at] ?? '');
}
