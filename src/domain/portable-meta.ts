import { ExactInteger } from './exact-integer.ts';
import { parseExactJson, printExactJson } from './exact-json.ts';
import type { RawMeta } from './stage-meta.ts';

/** Metadata in a form that every reader of JSON keeps: what some would change or refuse stands apart, as text. */
interface PortableMeta {
  readonly raw: RawMeta;
  /** Keys of the metadata that `raw` lacks, each with the JSON of its value. */
  readonly exact: readonly (readonly [key: string, json: string])[];
}

/** Metadata as {@link readPortableMeta} reads it, to the letter. */
export function toPortableMeta(raw: RawMeta): { raw: RawMeta; exact: [string, string][] } {
  const entries = Object.entries(raw);
  const plain = entries.filter(([key, value]) => isPortable(key, value));
  const exact = entries.filter(([key, value]) => !isPortable(key, value));
  return {
    raw: Object.fromEntries(plain),
    exact: exact.map(([key, value]) => [key, printExactJson(value)]),
  };
}

/** The metadata that {@link toPortableMeta} was given. Throws a SyntaxError if a text is no JSON. */
export function readPortableMeta({ raw, exact }: PortableMeta): RawMeta {
  return { ...raw, ...Object.fromEntries(exact.map(([key, json]) => [key, parseExactJson(json)])) };
}

/** Keys that readers refuse or lose, because they would reach an object's prototype. */
const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

function isPortable(key: string, value: unknown): boolean {
  if (unsafeKeys.has(key) || value instanceof ExactInteger || Object.is(value, -0)) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, each]) => isPortable(name, each));
}
