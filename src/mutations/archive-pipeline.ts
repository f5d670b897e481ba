import type { Collection } from '../context/collections.ts';
import { readPipelineGlobalId } from '../domain/ids.ts';
import type { PipelineKey } from '../domain/ids.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toPipelineSnapshot } from '../domain/snapshot.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import type { ArchivePipelineInput } from '../generated/schema.ts';
import { checkCanMoveRecords, nothingArchived, nothingMovedAway, showArchived } from './archiving.ts';
import type { ArchivePayload } from './archiving.ts';
import { checkCanComeBack } from './can-come-back.ts';
import { warnOfPipeline } from './reference-warnings.ts';
import { defineMutation } from './run-mutation.ts';
import { locatePipeline } from './target.ts';

const nothing: ArchivePayload<PipelineSnapshot> = nothingArchived;

/** Archives a pipeline and gives its last state, even if it is not known whether the upstream did it. */
export const archivePipeline = defineMutation({
  empty: nothing,
  locate: (input: ArchivePipelineInput, context) => ({ ...locatePipeline(context, input.id, input), id: input.id }),
  check: ({ moveRecordsTo }, { collection, key }) => checkRecordTarget(collection, key, moveRecordsTo ?? null),
  needsWhole: true,
  prepare: ({ validateReferences, moveRecordsTo, archiveAnyway }, current, { collection }) => ({
    plan: {
      validateReferences: validateReferences ?? true,
      moveRecordsTo: typeof moveRecordsTo === 'string' ? readPipelineGlobalId(moveRecordsTo) : null,
    },
    problems: archiveAnyway === true ? [] : checkCanComeBack(current, collection),
  }),
  note(payload, current, { input, target: { collection } }) {
    payload.snapshot = toPipelineSnapshot(current);
    payload.warnings = warnOfPipeline(current, input, collection);
  },
  write: (options, current, { collection: { source, objectType }, call }) =>
    source.archivePipeline(objectType, current, options, call),
  neverSettles: true,
  isAsAsked: (after) => after === null || after.archived,
  recover: () => nothingMovedAway,
  show: (payload, written, _, step) => showArchived(payload, written, step),
});

function checkRecordTarget(collection: Collection, key: PipelineKey, id: string | null): readonly Problem[] {
  if (id === null) return [];
  const unable = checkCanMoveRecords(collection);
  if (unable.length > 0) return unable;
  const path = ['moveRecordsTo'];
  const target = readPipelineGlobalId(id);
  if (target === null) return [invalidInput(path, 'This is not the id of a pipeline.')];
  if (target.sourceName !== key.sourceName || target.objectType !== key.objectType) {
    return [invalidInput(path, 'Records can move to a pipeline of the same source and object type only.')];
  }
  if (target.pipelineId === key.pipelineId) return [invalidInput(path, 'This is the pipeline that is to be archived.')];
  return [];
}
