import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readPipelineGlobalId } from '../domain/ids.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Stage } from '../domain/pipeline.ts';
import { invalidInput, unsupported } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toPipelineSnapshot } from '../domain/snapshot.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import type { ArchivePipelineInput } from '../generated/schema.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openTarget,
  readStageBack,
  requirePipelineKey,
  write,
  writeCallFor,
} from './target.ts';

interface Payload {
  readonly archivedId: string | null;
  readonly snapshot: PipelineSnapshot | null;
  readonly movedRecordsTo: Stage | null;
  readonly movedRecordCount: number | null;
}

const nothing: Payload = { archivedId: null, snapshot: null, movedRecordsTo: null, movedRecordCount: null };

/** Archives a pipeline and gives its last state, even where it is not known whether the upstream did it. */
export function archivePipeline(input: ArchivePipelineInput, context: Context, selected: ReadonlySet<string>) {
  return runMutation<Payload>(context, nothing, async (payload) => {
    const { collection, key } = requirePipelineKey(context, input.id);
    const moveRecordsTo = input.moveRecordsTo ?? null;
    const targetKey = moveRecordsTo === null ? null : readPipelineGlobalId(moveRecordsTo);
    throwProblems([
      ...(moveRecordsTo === null ? [] : checkRecordTarget(collection, key, targetKey)),
      ...checkIfUpdatedAt(collection, input.ifUpdatedAt),
    ]);
    const call = writeCallFor(context, collection);
    const current = await openTarget(collection, key, call, input.id).read();
    throwProblems(checkUpdatedAt(current, input.ifUpdatedAt));
    payload.snapshot = toPipelineSnapshot(current);
    const options = { validateReferences: input.validateReferences ?? true, moveRecordsTo: targetKey };
    const { moved } = await write(context, current, () => collection.source.archivePipeline(current, options, call));
    payload.archivedId = input.id;
    if (moved === null) return;
    payload.movedRecordCount = moved.recordCount;
    if (selected.has('movedRecordsTo')) {
      payload.movedRecordsTo = await readStageBack(collection, moved.to, { ...moved.to, label: null }, call);
    }
  });
}

function checkRecordTarget({ source }: Collection, key: PipelineKey, target: PipelineKey | null): readonly Problem[] {
  const path = ['moveRecordsTo'];
  if (!source.capabilities.includes('MOVE_RECORDS')) return [{ ...unsupported(source.name, 'MOVE_RECORDS'), path }];
  if (target === null) return [invalidInput(path, 'This is not the id of a pipeline.')];
  if (target.sourceName !== key.sourceName || target.objectType !== key.objectType) {
    return [invalidInput(path, 'Records can move to a pipeline of the same source and object type only.')];
  }
  if (target.pipelineId === key.pipelineId) return [invalidInput(path, 'This is the pipeline that is to be archived.')];
  return [];
}
