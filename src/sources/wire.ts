import { z } from 'zod';
import { ExactInteger } from '../domain/exact-integer.ts';
import { isAddressable } from '../domain/ids.ts';
import type { UnreadPipeline } from '../domain/pipeline-list.ts';
import type { UnreadStage } from '../domain/pipeline.ts';
import { upstreamProblem } from '../domain/problems.ts';
import type { RawMeta } from '../domain/stage-meta.ts';

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

/** What an API calls the ids of its pipelines and stages. */
interface IdFields {
  readonly pipelineId: string;
  readonly stageId: string;
}

/** The pipelines of a list answer: drift in one never hides the others. Stages are expected in `stages`. */
export function readPipelines<T>(items: readonly unknown[], schema: z.ZodType<T>, idFields: IdFields) {
  const { read, unread } = readEach(items, schema);
  return {
    read,
    unread: unread.map(({ item, position }): UnreadPipeline => ({
      pipelineId: readId(item, idFields.pipelineId),
      stageIds: readStageIds(item, idFields.stageId),
      problem: upstreamProblem('UPSTREAM_CONTRACT', `Pipeline ${position} came without an id or a label.`),
    })),
  };
}

/** The stages of a pipeline answer: drift in one never hides the others. What is no list may hold any number of them. */
export function readStages<T>(
  items: unknown,
  schema: z.ZodType<T>,
  idField: string,
): { readonly read: readonly T[]; readonly unread: readonly UnreadStage[] } {
  if (!Array.isArray(items)) return { read: [], unread: [{ stageId: null, name: 'its stages' }] };
  const { read, unread } = readEach(items, schema);
  return { read, unread: unread.map(({ item, position }) => toUnreadStage(readId(item, idField), position)) };
}

function toUnreadStage(stageId: string | null, position: number): UnreadStage {
  return { stageId, name: `stage ${stageId === null ? position : `"${stageId}"`}` };
}

/** The items that can be read; the others with their position, from 1 on. */
function readEach<T>(items: readonly unknown[], schema: z.ZodType<T>) {
  const read: T[] = [];
  const unread: { readonly item: unknown; readonly position: number }[] = [];
  for (const [index, item] of items.entries()) {
    const result = schema.safeParse(item);
    if (result.success) read.push(result.data);
    else unread.push({ item, position: index + 1 });
  }
  return { read, unread };
}

function readId(item: unknown, field: string): string | null {
  const result = z.object({ [field]: wireId }).safeParse(item);
  return result.success ? (result.data[field] ?? null) : null;
}

/** The ids of all stages of a pipeline that cannot be read; null if one of them cannot be read either. */
function readStageIds(pipeline: unknown, idField: string): readonly string[] | null {
  const result = z.object({ stages: z.array(z.object({ [idField]: wireId })) }).safeParse(pipeline);
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
