import { z } from 'zod';
import { ExactInteger } from '../domain/exact-integer.ts';
import { isAddressable } from '../domain/ids.ts';
import { upstreamProblem } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';

/** Text that can come as a number, with all its digits. */
export const wireText = z.union([
  z.string(),
  z.number().transform(String),
  z.instanceof(ExactInteger).transform(({ digits }) => digits),
]);

/** An upstream's id: text even if it comes as a number, and such that it can be asked for again. */
export const wireId = wireText.refine(isAddressable);

/** An order or position; what is none counts as 0, as order is not worth losing an object for. */
export const wireOrder = z.int32().catch(0);

/** An instant in RFC 3339 form or epoch milliseconds. The epoch itself is how upstreams say none. */
export const wireInstant = z.unknown().optional().transform(readInstant);

/** Metadata, as it came. */
export const wireMeta = z.record(z.string(), z.unknown()).catch({});

/** The items that can be read, and a problem for each that cannot: drift in one object never hides the others. */
export function readEach<T>(
  items: readonly unknown[],
  schema: z.ZodType<T>,
  noun: string,
): { readonly read: readonly T[]; readonly problems: readonly Problem[] } {
  const read: T[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of items.entries()) {
    const result = schema.safeParse(item);
    if (result.success) read.push(result.data);
    else problems.push(upstreamProblem('UPSTREAM_CONTRACT', `${noun} ${index + 1} came without an id or a label.`));
  }
  return { read, problems };
}

/** A date, or a date and a time with its zone. Date would read far more, even "0" as the year 2000. */
const rfc3339 = /^\d{4}-\d{2}-\d{2}([T ][\d:.]+(Z|[+-]\d{2}:?\d{2}))?$/i;

function readInstant(value: unknown): string | null {
  const instant = toDate(value);
  if (instant === null) return null;
  const time = instant.getTime();
  // Number.isNaN: not an instant; the bounds: what RFC 3339 cannot write.
  if (Number.isNaN(time) || time === 0 || instant.getUTCFullYear() > 9999 || instant.getUTCFullYear() < 0) return null;
  return instant.toISOString();
}

function toDate(value: unknown): Date | null {
  if (typeof value === 'number') return new Date(value);
  if (typeof value !== 'string') return null;
  if (/^\d+$/.test(value)) return new Date(Number(value));
  return rfc3339.test(value) ? new Date(value) : null;
}
