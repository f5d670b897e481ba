import { requireCollection, requireSource } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readAuditEntryGlobalId, toPipelineGlobalId } from '../domain/ids.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';
import { readSnapshotDocument } from '../domain/snapshot-document.ts';
import type { RestorePipelineInput } from '../generated/schema.ts';
import type { RestoredState } from './restored-state.ts';
import { readPipeline, readUnlessArchived } from './target.ts';
import type { Target } from './target.ts';

/** A pipeline that is to be as it was: null if it is gone. */
export interface RestoreTarget extends Target<Pipeline | null> {
  readonly key: PipelineKey;
  /** The state to bring back; null if it is the one before an audit entry. */
  readonly state: RestoredState | null;
  /** The name of the source that the state comes from. */
  readonly fromSourceName: string;
}

/** What a restore is about, by its audit entry or its snapshot; a PipelineFault that names what is wrong with them. */
export function locateRestore(input: RestorePipelineInput, context: Context): RestoreTarget {
  const { auditEntryId = null, snapshot = null, toSourceName = null } = input;
  if ((auditEntryId === null) === (snapshot === null)) fail([], 'Give either an auditEntryId or a snapshot.');
  if (auditEntryId === null) return locateSnapshot(snapshot, input, context);
  if (toSourceName !== null) fail(['toSourceName'], 'Only a snapshot can be restored into another source.');
  return locateEntry(auditEntryId, input, context);
}

function locateEntry(auditEntryId: string, input: RestorePipelineInput, { sources }: Context): RestoreTarget {
  const path = ['auditEntryId'];
  const entryKey = readAuditEntryGlobalId(auditEntryId) ?? fail(path, 'This is not the id of an audit entry.');
  const { stageId, sourceName, objectType, pipelineId } = entryKey;
  if (stageId !== null) fail(path, 'This is an audit entry of a stage; one of a pipeline is needed.');
  const collection = requireCollection(sources, entryKey, path);
  const key = { sourceName, objectType, pipelineId };
  const id = toPipelineGlobalId(key);
  const condition = toCondition(input);
  return {
    collection,
    key,
    condition,
    state: null,
    fromSourceName: sourceName,
    read: (call) => readPipeline(collection, key, call, id),
  };
}

function locateSnapshot(document: unknown, input: RestorePipelineInput, { sources }: Context): RestoreTarget {
  const { sourceName, objectType, ...state } = readSnapshotDocument(document);
  const { toSourceName = null } = input;
  const source =
    toSourceName === null
      ? requireSource(sources, sourceName, ['snapshot', 'sourceName'])
      : requireSource(sources, toSourceName, ['toSourceName']);
  const path = toSourceName === null ? ['snapshot', 'objectType'] : ['toSourceName'];
  const collection = requireCollection(sources, { sourceName: source.name, objectType }, path);
  const key = { sourceName: source.name, objectType, pipelineId: state.pipelineId };
  return {
    collection,
    key,
    condition: toCondition(input),
    // A pipeline never takes the place of another account's default one.
    state: source.name === sourceName ? state : { ...state, isDefault: null },
    fromSourceName: sourceName,
    read: (call) => readUnlessArchived(collection, key, call),
  };
}

function toCondition({ ifRevision }: RestorePipelineInput) {
  return { ifRevision };
}

function fail(path: readonly string[], message: string): never {
  throw new PipelineFault([invalidInput(path, message)]);
}
