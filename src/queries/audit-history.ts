import { requireCollection } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toAuditEntries } from '../domain/audit.ts';
import type { AuditEntry, AuditEntryFields } from '../domain/audit.ts';
import { readAuditEntryGlobalId } from '../domain/ids.ts';
import type { AuditEntryKey } from '../domain/ids.ts';
import type { AuditPage } from '../domain/page.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { PipelineFault, unsupported } from '../domain/problems.ts';
import type { PipelineAuditArgs } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { notACursor, readFirst, toPage } from './pagination.ts';

const defaultFirst = 20;

/**
 * A page of the history of a pipeline or a stage, newest first; null where the upstream has none for it. A PipelineFault
 * where its API has no history at all (UNSUPPORTED), the arguments are bad or the read fails.
 */
export async function readAuditPage(
  live: Pipeline | Stage,
  args: Partial<PipelineAuditArgs>,
  { sources, callFor }: Context,
): Promise<AuditPage | null> {
  const first = readFirst(args.first, defaultFirst);
  const after = args.after === null || args.after === undefined ? null : readAuditCursor(args.after, live);
  const collection = requireCollection(sources, live);
  const { source, objectType } = collection;
  if (source.readAudit === undefined) throw new PipelineFault([unsupported(source.name, 'READ_AUDIT')], source.name);
  const fields = await source.readAudit(objectType, live, callFor(source));
  if (fields === null) return null;
  const entries = toAuditEntries(live, fields, await readNewest(live, fields, collection, callFor(source)));
  return toPage(entries, after === null ? 0 : countUpTo(after, args.after, entries), first);
}

/** The store can be a moment behind; an edit and its entry in the history are never this far apart. */
const toleranceMs = 1_000;

/** The object as it is after the newest entry: what was read already, unless that is older. */
async function readNewest(
  live: Pipeline | Stage,
  fields: readonly AuditEntryFields[],
  { source, objectType }: Collection,
  call: Call,
): Promise<Pipeline | Stage> {
  const newest = Math.max(...fields.map(({ timestamp }) => Date.parse(timestamp ?? '')).filter(Number.isFinite));
  if (newest - Date.parse(live.updatedAt ?? '1970-01-01T00:00:00Z') <= toleranceMs || newest === -Infinity) return live;
  const pipeline = await source.readPipeline(objectType, live, { ...call, reading: 'through' });
  if (!('stageId' in live)) return pipeline ?? live;
  return pipeline?.stages.find(({ stageId }) => stageId === live.stageId) ?? live;
}

function readAuditCursor(cursor: string, live: Pipeline | Stage): AuditEntryKey {
  const key = readAuditEntryGlobalId(cursor);
  const isOfObject =
    key?.sourceName === live.sourceName &&
    key.objectType === live.objectType &&
    key.pipelineId === live.pipelineId &&
    key.stageId === ('stageId' in live ? live.stageId : null);
  if (!isOfObject) throw notACursor();
  return key;
}

/** How many entries come up to and with a cursor; where its entry is gone, up to its instant. */
function countUpTo({ timestamp }: AuditEntryKey, cursor: unknown, entries: readonly AuditEntry[]): number {
  const index = entries.findIndex((entry) => entry.id === cursor);
  if (index !== -1) return index + 1;
  return entries.filter((entry) => (entry.timestamp ?? '') >= (timestamp ?? '')).length;
}
