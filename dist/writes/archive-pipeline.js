import { readPipelineGlobalId } from '../ids.js';
import { invalidInput, unsupported } from '../problem.js';
import { toPipelineSnapshot } from '../snapshot.js';
import { refuse, settle } from './settle.js';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openWriteTarget,
  readStageBack,
  requirePipelineKey,
  write,
  writeCallFor,
} from './write-target.js';
const nothing = { archivedId: null, snapshot: null, movedRecordsTo: null, movedRecordCount: null };
/** Archives a pipeline and gives its last state, even where it is not known whether the upstream did it. */
export function archivePipeline(input, context, selected) {
  return settle(context, nothing, async (payload) => {
    const { place, key } = requirePipelineKey(context, input.id);
    const moveRecordsTo = input.moveRecordsTo ?? null;
    const targetKey = moveRecordsTo === null ? null : readPipelineGlobalId(moveRecordsTo);
    refuse([
      ...(moveRecordsTo === null ? [] : checkRecordTarget(place, key, targetKey)),
      ...checkIfUpdatedAt(place, input.ifUpdatedAt),
    ]);
    const call = writeCallFor(context, place);
    const current = await openWriteTarget(place, key, call, input.id).read();
    refuse(checkUpdatedAt(current, input.ifUpdatedAt));
    payload.snapshot = toPipelineSnapshot(current);
    const options = { validateReferences: input.validateReferences ?? true, moveRecordsTo: targetKey };
    const { moved } = await write(context, current, () => place.source.archivePipeline(current, options, call));
    payload.archivedId = input.id;
    if (moved === null) return;
    payload.movedRecordCount = moved.recordCount;
    if (selected.has('movedRecordsTo')) {
      payload.movedRecordsTo = await readStageBack(place, moved.to, { ...moved.to, label: null }, call);
    }
  });
}
function checkRecordTarget({ source }, key, target) {
  const path = ['moveRecordsTo'];
  if (!source.capabilities.includes('MOVE_RECORDS')) return [{ ...unsupported(source.name, 'MOVE_RECORDS'), path }];
  if (target === null) return [invalidInput(path, 'This is not the id of a pipeline.')];
  if (target.sourceName !== key.sourceName || target.objectType !== key.objectType) {
    return [invalidInput(path, 'Records can move to a pipeline of the same source and object type only.')];
  }
  if (target.pipelineId === key.pipelineId) return [invalidInput(path, 'This is the pipeline that is to be archived.')];
  return [];
}
