import { requireCollection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toAuditEntries } from '../domain/audit.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { readAuditEntryGlobalId, toPipelineGlobalId } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, notFound, PipelineFault, unsupported } from '../domain/problems.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import { hasFields, hasStages } from './as-asked.ts';
import type { Step } from './mutation.ts';
import { restoreStages, toRestored } from './restore-stages.ts';
import { defineMutation } from './run-mutation.ts';
import { readPipeline } from './target.ts';
import type { PipelineTarget } from './target.ts';

/** Puts a pipeline back as it was before an audit entry. */
export const restoreFromAudit = defineMutation({
  empty: {},
  locate,
  needsWhole: true,
  prepare: async (auditEntryId, current, step) => ({
    plan: await readStateBefore(auditEntryId, current, step),
    problems: [],
  }),
  hasSteps: true,
  async write(before, current, { collection, call }) {
    await restoreStages(collection, current, before, call);
    return true;
  },
  isAsAsked: (after, { plan: before, collection: { objectType } }) =>
    after !== null &&
    hasFields(after, { ...before, description: null }, null) &&
    hasStages(after, toRestored(before), objectType),
  recover: () => true,
});

function locate(auditEntryId: string, { sources }: Context): PipelineTarget {
  const entryKey = readAuditEntryGlobalId(auditEntryId) ?? fail('This is not the id of an audit entry.');
  const { stageId, sourceName, objectType, pipelineId } = entryKey;
  if (stageId !== null) fail('This is an audit entry of a stage; one of a pipeline is needed.');
  const collection = requireCollection(sources, entryKey, ['auditEntryId']);
  const key = { sourceName, objectType, pipelineId };
  const id = toPipelineGlobalId(key);
  return { collection, key, condition: {}, read: (call) => readPipeline(collection, key, call, id) };
}

/** The state before an audit entry, from a history that is read anew; NOT_FOUND if there is none, or none that is known. */
async function readStateBefore(
  auditEntryId: string,
  current: Pipeline,
  { collection: { source, objectType }, call }: Step<PipelineTarget>,
): Promise<PipelineSnapshot> {
  if (source.readAudit === undefined) throw new PipelineFault([unsupported(source.name, 'READ_AUDIT')], source.name);
  const fields = (await source.readAudit(objectType, current, call)) ?? [];
  const entry = toAuditEntries(current, fields).find(({ id }) => id === auditEntryId);
  if (entry?.before?.__typename === 'PipelineSnapshot') return entry.before;
  const problem = { ...notFound(auditEntryId, toReason(entry)), path: ['auditEntryId'] };
  throw new PipelineFault([problem], source.name);
}

function toReason(entry: AuditEntry | undefined): string {
  if (entry === undefined) return 'There is no such audit entry.';
  if (entry.action === 'CREATE') return 'This entry is the creation of the pipeline: there is no state before it.';
  return 'The state before this entry is not known: the history has no older entry that shows it.';
}

function fail(message: string): never {
  throw new PipelineFault([invalidInput(['auditEntryId'], message)]);
}
