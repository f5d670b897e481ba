import { z } from 'zod';
import { ExactInteger } from '../domain/exact-integer.ts';
import { isAddressable } from '../domain/ids.ts';
import type { UnreadPipeline } from '../domain/pipeline-list.ts';
import type { UnreadStage } from '../domain/pipeline.ts';
import { PipelineFault, upstreamProblem } from '../domain/problems.ts';
import type { RawMeta } from '../domain/stage-meta.ts';
import { LongList } from './long-list.ts';
import { isTurnOver, nextTurn } from './turn.ts';

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

/** An object as it came, with a key `__proto__` too, which zod's own records leave out. */
export const wireRecord = z.custom<RawMeta>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactInteger),
);

/** Metadata, as it came. */
export const wireMeta = wireRecord.catch({});

/** Text that is compared, sorted and shown; a longer one is nobody's label. */
export const wireLabel = z.string().max(10_000);

/** A list whose items are all read, which fails if there are too many to try. */
export function toBoundedList<T>(item: z.ZodType<T>) {
  return z.custom<readonly unknown[]>((items) => Array.isArray(items) && items.length <= maxStages).pipe(z.array(item));
}

/** What an API calls the ids of its pipelines and stages. */
interface IdFields {
  readonly pipelineId: string;
  readonly stageId: string;
}

/** How many items are given up on before the whole list is. */
const maxUnread = 20;
/** Far more pipelines than any account has. */
const maxItems = 5_000;
/** Far more stages than any upstream lets a pipeline have. */
const maxStages = 2_000;

/**
 * The pipelines of a list answer: drift in one never hides the others. Stages are expected in `stages`. Lets others have
 * their turn. Throws a PipelineFault (UPSTREAM_CONTRACT) if too many items cannot be read, or if there are too many.
 */
export async function readPipelines<T>(body: unknown, read: (item: unknown) => T | null, idFields: IdFields) {
  const pipelines: T[] = [];
  const unread: UnreadPipeline[] = [];
  let position = 0;
  await forEachResult(body, (item) => {
    position += 1;
    const pipeline = read(item);
    if (pipeline !== null) pipelines.push(pipeline);
    else unread.push(toUnreadPipeline(item, position, idFields));
    if (unread.length >= maxUnread) {
      throw givenUp(`${unread.length} of the first ${position} pipelines of the list cannot be read.`);
    }
    if (position > maxItems) throw givenUp(`The list has more than ${maxItems} pipelines.`);
  });
  return { pipelines, unread };
}

/**
 * Shows each item of an answer's `results` to `take`, in order. Lets others have their turn in between. Throws if there is
 * no such list, or if its text is not JSON.
 */
export async function forEachResult(body: unknown, take: (item: unknown) => void): Promise<void> {
  const results: unknown = typeof body === 'object' && body !== null && 'results' in body ? body.results : null;
  if (!Array.isArray(results) && !(results instanceof LongList)) throw new TypeError('The answer has no results.');
  for (const group of Array.isArray(results) ? [results] : results.groups()) {
    for (const item of group) {
      take(item);
      if (isTurnOver()) await nextTurn();
    }
  }
}

/** The fault of an answer that is not read to its end, because of what it holds. */
export function givenUp(message: string): PipelineFault {
  return new PipelineFault([upstreamProblem('UPSTREAM_CONTRACT', message)]);
}

function toUnreadPipeline(item: unknown, position: number, idFields: IdFields): UnreadPipeline {
  return {
    pipelineId: readId(item, idFields.pipelineId),
    stageIds: readStageIds(item, idFields.stageId),
    problem: upstreamProblem('UPSTREAM_CONTRACT', `Pipeline ${position} came without an id or a label.`),
  };
}

/**
 * The stages of a pipeline answer: drift in one never hides the others. What is no list may hold any number of them. A list
 * is given up if too many of its items cannot be read, or if there are too many.
 */
export function readStages<T>(
  items: unknown,
  schema: z.ZodType<T>,
  idField: string,
): { readonly read: readonly T[]; readonly unread: readonly UnreadStage[] } {
  if (!Array.isArray(items)) return { read: [], unread: [{ stageId: null, name: 'its stages' }] };
  const read: T[] = [];
  const unread: UnreadStage[] = [];
  for (const [index, item] of items.entries()) {
    const result = schema.safeParse(item);
    if (result.success) read.push(result.data);
    else unread.push(toUnreadStage(readId(item, idField), index + 1));
    if (unread.length >= maxUnread || read.length > maxStages) {
      return { read: [], unread: [{ stageId: null, name: `its ${items.length} stages` }] };
    }
  }
  return { read, unread };
}

function toUnreadStage(stageId: string | null, position: number): UnreadStage {
  return { stageId, name: `stage ${stageId === null ? position : `"${stageId}"`}` };
}

function readId(item: unknown, field: string): string | null {
  const result = z.object({ [field]: wireId }).safeParse(item);
  return result.success ? (result.data[field] ?? null) : null;
}

/** The ids of all stages of a pipeline that cannot be read; null if one of them cannot be read either. */
function readStageIds(pipeline: unknown, idField: string): readonly string[] | null {
  const result = z.object({ stages: toBoundedList(z.object({ [idField]: wireId })) }).safeParse(pipeline);
  return result.success ? result.data.stages.flatMap((stage) => stage[idField] ?? []) : null;
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
