import { requireSource } from './addressing.js';
import { toAuditEntries } from './audit.js';
import { notACursor, readFirst, toPage } from './connection.js';
import { readAuditEntryGlobalId } from './ids.js';
import { PipelineFault, unsupported } from './problem.js';
const defaultFirst = 20;
/**
 * A page of the history of a pipeline or a stage, newest first; null where the upstream has none for it. A PipelineFault
 * where its API has no history at all (UNSUPPORTED), the arguments are bad or the read fails.
 */
export async function readAuditPage(live, args, { sources, callFor }) {
  const first = readFirst(args.first, defaultFirst);
  const after = args.after === null || args.after === undefined ? null : readAuditCursor(args.after, live);
  const source = requireSource(sources, live.sourceName);
  if (source.readAudit === undefined) throw new PipelineFault([unsupported(source.name, 'READ_AUDIT')], source.name);
  const fields = await source.readAudit(live, callFor(source));
  if (fields === null) return null;
  const entries = toAuditEntries(live, fields, live);
  return toPage(entries, after === null ? 0 : countUpTo(after, args.after, entries), first);
}
function readAuditCursor(cursor, live) {
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
function countUpTo({ timestamp }, cursor, entries) {
  const index = entries.findIndex((entry) => entry.id === cursor);
  if (index !== -1) return index + 1;
  return entries.filter((entry) => (entry.timestamp ?? '') >= (timestamp ?? '')).length;
}
