import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readStageGlobalId } from '../domain/ids.ts';
import type { StageKey } from '../domain/ids.ts';
import type { Stage } from '../domain/pipeline.ts';
import { invalidInput, unsupported } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toStageSnapshot } from '../domain/snapshot.ts';
import type { StageSnapshot } from '../domain/snapshot.ts';
import type { ArchivePipelineStageInput } from '../generated/schema.ts';
import { checkClosedStage } from './check-input.ts';
import { toTicketState } from './match-stages.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openTarget,
  readStageBack,
  requireStage,
  requireStageKey,
  write,
  writeCallFor,
} from './target.ts';

interface Payload {
  readonly archivedId: string | null;
  readonly snapshot: StageSnapshot | null;
  readonly movedRecordsTo: Stage | null;
  readonly movedRecordCount: number | null;
}

const nothing: Payload = { archivedId: null, snapshot: null, movedRecordsTo: null, movedRecordCount: null };

/** Archives a stage and gives its last state, even where it is not known whether the upstream did it. */
export function archivePipelineStage(
  input: ArchivePipelineStageInput,
  context: Context,
  selected: ReadonlySet<string>,
) {
  return runMutation<Payload>(context, nothing, async (payload) => {
    const { collection, key } = requireStageKey(context, input.id);
    const moveRecordsTo = input.moveRecordsTo ?? null;
    const targetKey = moveRecordsTo === null ? null : readStageGlobalId(moveRecordsTo);
    throwProblems([
      ...(moveRecordsTo === null ? [] : checkRecordTarget(collection, key, targetKey)),
      ...checkIfUpdatedAt(collection, input.ifUpdatedAt),
    ]);
    const call = writeCallFor(context, collection);
    const pipeline = await openTarget(collection, key, call, input.id).read();
    const stage = requireStage(pipeline, key, input.id);
    throwProblems([...checkUpdatedAt(stage, input.ifUpdatedAt), ...checkRemaining(stage, collection)]);
    payload.snapshot = toStageSnapshot(stage);
    const options = { validateReferences: input.validateReferences ?? true, moveRecordsTo: targetKey };
    const { moved } = await write(context, pipeline, () => collection.source.archiveStage(stage, options, call));
    payload.archivedId = input.id;
    if (moved === null) return;
    payload.movedRecordCount = moved.recordCount;
    if (selected.has('movedRecordsTo')) {
      payload.movedRecordsTo = await readStageBack(collection, moved.to, { ...moved.to, label: null }, call);
    }
  });
}

/** A pipeline keeps at least one stage, and a tickets pipeline at least one that is CLOSED. */
function checkRemaining({ pipeline, stageId }: Stage, { objectType }: Collection): readonly Problem[] {
  const remaining = pipeline.stages.filter((stage) => stage.stageId !== stageId);
  if (remaining.length === 0) return [invalidInput(['id'], 'This is the last stage of its pipeline.')];
  return checkClosedStage(remaining.map(toTicketState), objectType, ['id']);
}

function checkRecordTarget({ source }: Collection, key: StageKey, target: StageKey | null): readonly Problem[] {
  const path = ['moveRecordsTo'];
  if (!source.capabilities.includes('MOVE_RECORDS')) return [{ ...unsupported(source.name, 'MOVE_RECORDS'), path }];
  if (target === null) return [invalidInput(path, 'This is not the id of a stage.')];
  const isOfSamePipeline =
    target.sourceName === key.sourceName &&
    target.objectType === key.objectType &&
    target.pipelineId === key.pipelineId;
  if (!isOfSamePipeline) return [invalidInput(path, 'Records can move to a stage of the same pipeline only.')];
  if (target.stageId === key.stageId) return [invalidInput(path, 'This is the stage that is to be archived.')];
  return [];
}
