import { requireCollection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readAuditEntryGlobalId } from '../domain/ids.ts';
import type { AuditEntryKey } from '../domain/ids.ts';
import type { AuditPage } from '../domain/page.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { PipelineFault, unsupported } from '../domain/problems.ts';
import type { PipelineAuditArgs } from '../generated/schema.ts';
import { openAuditHistory } from '../sources/audit-history.ts';
import type { AuditHistory } from '../sources/audit-history.ts';
import { notACursor, readFirst } from './pagination.ts';

const defaultFirst = 20;

/**
 * A page of the history of a pipeline or a stage, newest first; null if the upstream has none for it. A PipelineFault
 * if the arguments are bad or the read fails. A source without any history is UNSUPPORTED, but null in a list, in which others
 * may have one.
 */
export async function readAuditPage(
  live: Pipeline | Stage,
  args: Partial<PipelineAuditArgs>,
  { sources, callFor }: Context,
  isInList: boolean,
): Promise<AuditPage | null> {
  const first = readFirst(args.first, defaultFirst);
  const after = args.after === null || args.after === undefined ? null : readAuditCursor(args.after, live);
  const { source, objectType } = requireCollection(sources, live);
  if (source.readAudit === undefined && isInList) return null;
  if (source.readAudit === undefined) throw new PipelineFault([unsupported(source.name, 'READ_AUDIT')], source.name);
  const fields = await source.readAudit(objectType, live, callFor(source));
  if (fields === null) return null;
  const history = openAuditHistory(live, fields);
  const start = after === null ? 0 : await countUpTo(after, history);
  return {
    nodes: await history.entries(start, start + first),
    totalCount: history.length,
    hasNextPage: start + first < history.length,
    hasPreviousPage: start > 0,
  };
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

/** How many entries come up to and with a cursor; if its entry is gone, up to its instant. */
async function countUpTo(cursor: AuditEntryKey, history: AuditHistory): Promise<number> {
  const index = await history.indexOf(cursor);
  return index === -1 ? history.countSince(cursor.timestamp) : index + 1;
}
