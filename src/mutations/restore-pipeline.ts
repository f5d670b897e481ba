import { requireCollection, requireSource } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toAuditEntries } from '../domain/audit.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import { readAuditEntryGlobalId, toPipelineGlobalId } from '../domain/ids.ts';
import type { AuditEntryKey } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, notFound, PipelineFault, unsupported } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { readSnapshotDocument } from '../domain/snapshot-document.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import type { RestorePipelineInput } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { checkNewPipeline, toNewPipeline } from './create-pipeline.ts';
import { restoreStages } from './restore-stages.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import { openTarget, readBack, readBackAfterFailure, write, writeCallFor } from './target.ts';

interface Payload {
  readonly pipeline: Pipeline | null;
  readonly changes: readonly PipelineChange[];
}

type MutablePayload = { -readonly [Field in keyof Payload]: Payload[Field] };

/** Puts a pipeline back as it was before an audit entry, or creates an archived one again from its snapshot. */
export function restorePipeline(input: RestorePipelineInput, context: Context, selected: ReadonlySet<string>) {
  return runMutation<Payload>(context, { pipeline: null, changes: [] }, async (payload) => {
    const { auditEntryId = null, snapshot = null } = input;
    if ((auditEntryId === null) === (snapshot === null)) {
      throwProblems([invalidInput([], 'Give either an auditEntryId or a snapshot.')]);
    }
    if (auditEntryId === null) await createAgain(snapshot, context, selected, payload);
    else await putBack(auditEntryId, context, payload);
  });
}

async function putBack(auditEntryId: string, context: Context, payload: MutablePayload): Promise<void> {
  const entryKey = readAuditEntryGlobalId(auditEntryId) ?? fail('This is not the id of an audit entry.');
  if (entryKey.stageId !== null) fail('This is an audit entry of a stage; one of a pipeline is needed.');
  const collection = requireCollection(context.sources, entryKey, ['auditEntryId']);
  const call = writeCallFor(context, collection);
  const { sourceName, objectType, pipelineId } = entryKey;
  const key = { sourceName, objectType, pipelineId };
  const current = await openTarget(collection, key, call, toPipelineGlobalId(key)).read();
  const before = await readStateBefore(auditEntryId, entryKey, current, collection, call);
  await write(context, current, () => restoreStages(collection, current, before, call)).catch(
    readBackAfterFailure(collection, key, call, (pipeline) => show(payload, current, pipeline)),
  );
  show(payload, current, await readBack(collection, key, call));
}

function show(payload: MutablePayload, before: Pipeline, after: Pipeline): void {
  payload.pipeline = after;
  payload.changes = toPipelineChanges(before, after);
}

/** The state before an audit entry, from a history that is read anew. */
async function readStateBefore(
  auditEntryId: string,
  key: AuditEntryKey,
  current: Pipeline,
  { source }: Collection,
  call: Call,
): Promise<PipelineSnapshot> {
  if (source.readAudit === undefined) throw new PipelineFault([unsupported(source.name, 'READ_AUDIT')], source.name);
  const fields = (await source.readAudit(current, call)) ?? [];
  const entry = toAuditEntries(current, fields, current).find(({ id }) => id === auditEntryId);
  if (entry === undefined) {
    const problem = { ...notFound(auditEntryId, 'There is no such audit entry.'), path: ['auditEntryId'] };
    throw new PipelineFault([problem], key.sourceName);
  }
  if (entry.before?.__typename === 'PipelineSnapshot') return entry.before;
  return fail('The entry does not tell the state before it.');
}

async function createAgain(
  document: unknown,
  context: Context,
  selected: ReadonlySet<string>,
  payload: MutablePayload,
): Promise<void> {
  const { sourceName, input: full } = readSnapshotDocument(document);
  const source = requireSource(context.sources, sourceName, ['snapshot', 'sourceName']);
  const collection = requireCollection(context.sources, { sourceName, objectType: full.objectType }, [
    'snapshot',
    'objectType',
  ]);
  const { newIds, pipelineFields } = source.inputRules;
  const input = {
    ...full,
    pipelineId: newIds === null ? null : full.pipelineId,
    displayOrder: pipelineFields.displayOrder ? full.displayOrder : null,
    description: pipelineFields.description ? full.description : null,
    isDefault: pipelineFields.isDefault ? full.isDefault : null,
    stages: full.stages.map((stage) => ({ ...stage, stageId: newIds === null ? null : stage.stageId })),
  };
  throwProblems(checkNewPipeline(input, collection).map(underSnapshot));
  const call = writeCallFor(context, collection);
  const draft = toNewPipeline(input, collection, { comesBack: true });
  const { pipelineId } = await write(context, null, () => source.createPipeline(collection.objectType, draft, call));
  if (!selected.has('pipeline') && !selected.has('changes')) return;
  const pipeline = await readBack(collection, { sourceName, objectType: full.objectType, pipelineId }, call);
  show(payload, { ...pipeline, stages: [] }, pipeline);
}

function underSnapshot<T extends Problem>(problem: T): T {
  return { ...problem, path: ['snapshot', ...(problem.path ?? [])] };
}

function fail(message: string): never {
  throw new PipelineFault([invalidInput(['auditEntryId'], message)]);
}
