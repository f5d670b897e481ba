import type { Collection } from '../context/collections.ts';
import { readStageGlobalId } from '../domain/ids.ts';
import type { StageKey } from '../domain/ids.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toStageSnapshot } from '../domain/snapshot.ts';
import type { StageSnapshot } from '../domain/snapshot.ts';
import { findStage } from '../domain/unread-stages.ts';
import type { ArchivePipelineStageInput } from '../generated/schema.ts';
import { nothingMoved } from '../sources/write-results.ts';
import type { Replaced } from '../sources/write-results.ts';
import { checkWritable, toWritableStages } from './archived-stages.ts';
import { checkCanMoveRecords, nothingArchived, nothingMovedAway, showArchived } from './archiving.ts';
import type { ArchivePayload } from './archiving.ts';
import { checkRequiredOutcome } from './check-input.ts';
import { warnOfStage } from './reference-warnings.ts';
import { defineMutation } from './run-mutation.ts';
import { showMigrations } from './stage-payload.ts';
import { locateStage } from './target.ts';

const nothing: ArchivePayload<StageSnapshot> & Replaced = { ...nothingArchived, ...nothingMoved };

/** Archives a stage and gives its last state, even if it is not known whether the upstream did it. */
export const archivePipelineStage = defineMutation({
  empty: nothing,
  locate: (input: ArchivePipelineStageInput, context) => ({ ...locateStage(context, input.id, input), id: input.id }),
  check: ({ moveRecordsTo }, { collection, key }) => checkRecordTarget(collection, key, moveRecordsTo ?? null),
  prepare({ validateReferences, moveRecordsTo }, current, { collection }) {
    const to = typeof moveRecordsTo === 'string' ? readStageGlobalId(moveRecordsTo) : null;
    const target = current.pipeline.stages.find((stage) => stage.stageId === to?.stageId);
    return {
      plan: { validateReferences: validateReferences ?? true, moveRecordsTo: to },
      problems: [
        ...checkWritable(current, collection),
        ...checkWritable(target, collection, ['moveRecordsTo']),
        ...checkRemaining(current, collection),
      ],
    };
  },
  note(payload, current, { input, target: { collection } }) {
    payload.snapshot = toStageSnapshot(current);
    payload.warnings = warnOfStage(current, input, collection);
  },
  write: (options, current, { collection: { source, objectType }, call }) =>
    source.archiveStage(objectType, current, options, call),
  neverSettles: true,
  isAsAsked: (after, { current: { stageId } }) => after === null || isGone(after, stageId),
  recover: () => ({ ...nothingMovedAway, ...nothingMoved }),
  show(payload, written, _, step) {
    showMigrations(payload, written);
    return showArchived(payload, written, step);
  },
});

function isGone(pipeline: Pipeline, stageId: string): boolean {
  const lookUp = findStage(pipeline, stageId);
  return lookUp.kind === 'missing' || (lookUp.kind === 'found' && lookUp.value.archived);
}

/** A pipeline keeps at least one stage, and one with each outcome that it must have. */
function checkRemaining({ pipeline, stageId }: Stage, collection: Collection): readonly Problem[] {
  // A stage that cannot be read remains too, and may have the outcome.
  if (pipeline.unreadStages.length > 0) return [];
  const remaining = toWritableStages(pipeline, collection).filter((stage) => stage.stageId !== stageId);
  if (remaining.length === 0) return [invalidInput(['id'], 'This is the last stage of its pipeline.')];
  return checkRequiredOutcome(
    remaining.map(({ outcome }) => outcome),
    collection.objectType,
    ['id'],
  );
}

function checkRecordTarget(collection: Collection, key: StageKey, id: string | null): readonly Problem[] {
  if (id === null) return [];
  const unable = checkCanMoveRecords(collection);
  if (unable.length > 0) return unable;
  const path = ['moveRecordsTo'];
  const target = readStageGlobalId(id);
  if (target === null) return [invalidInput(path, 'This is not the id of a stage.')];
  const isOfSamePipeline =
    target.sourceName === key.sourceName &&
    target.objectType === key.objectType &&
    target.pipelineId === key.pipelineId;
  if (!isOfSamePipeline) return [invalidInput(path, 'Records can move to a stage of the same pipeline only.')];
  if (target.stageId === key.stageId) return [invalidInput(path, 'This is the stage that is to be archived.')];
  return [];
}
