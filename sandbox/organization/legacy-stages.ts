import { ApiError } from './api-error.ts';
import { apiErrors } from './assumptions.ts';
import type { Rename, StageItem } from './input.ts';
import type { Account, Pipeline, Stage } from './model.ts';
import { addRecords, recordsIn } from './store/records.ts';
import { activeStagesOf } from './store/stages.ts';

/**
 * The stage list that legacy pairs amount to. A pair renames its old stage, or merges it into the stage that has the new
 * name already. A pair without a known old stage adds one; stages that no pair names stay as they are.
 */
export function toStageList(active: readonly Stage[], pairs: readonly Rename[]): readonly StageItem[] {
  const renamed = new Map(pairs.filter(isRename).map((pair) => [pair.oldStage, pair]));
  const names = new Set(active.map(({ name }) => name).filter((name) => !renamed.has(name)));
  const list: StageItem[] = [];
  for (const { id, name, color } of active) {
    const newName = renamed.get(name)?.newStage;
    if (newName === undefined) list.push({ _id: id, name, color });
    else if (!names.has(newName)) list.push({ _id: id, name: newName, color });
    names.add(newName ?? name);
  }
  for (const { newStage } of pairs) {
    if (!names.has(newStage)) list.push({ name: newStage });
    names.add(newStage);
  }
  return list.map((item) => ({
    ...item,
    color: pairs.find((pair) => pair.newStage === item.name)?.color ?? item.color,
  }));
}

/**
 * Moves the records of each pair's old stages, as they were before the edit, into the active stage of the new name. It
 * counts them by "Old -> New" as the reference's sample does; a pair that keeps the name migrates nothing.
 */
export function migrateRecords(
  account: Account,
  pipeline: Pipeline,
  before: readonly Stage[],
  pairs: readonly Rename[],
): Record<string, number> {
  const after = activeStagesOf(account, pipeline.id);
  const moves = pairs.map((pair) => {
    const target = after.find(({ name }) => name === pair.newStage);
    if (!target) throw new ApiError(apiErrors.newStageNotListed);
    const sources = isRename(pair) ? before.filter(({ name }) => name === pair.oldStage) : [];
    return { pair, target, records: sources.flatMap(({ id }) => recordsIn(account, id)) };
  });
  // Listed before any is moved, so that a pair cannot carry on the records which another one has just brought.
  for (const { target, records } of moves) addRecords(account, pipeline.type, target.id, records);
  const counted = moves.filter(({ pair }) => isRename(pair));
  return Object.fromEntries(
    counted.map(({ pair, records }) => [`${pair.oldStage} -> ${pair.newStage}`, records.length]),
  );
}

/**
 * The same, one pair after the other: each moves all records that bear its old name by then. So a pair that comes too early
 * carries on the records that the one before it has brought, and two stages become one.
 */
export function migrateRecordsInTurn(
  account: Account,
  pipeline: Pipeline,
  before: readonly Stage[],
  pairs: readonly Rename[],
): Record<string, number> {
  const after = new Map(activeStagesOf(account, pipeline.id).map((stage) => [stage.name, stage]));
  const names = new Map(
    before.flatMap(({ id, name }) => recordsIn(account, id).map((record) => [record, name] as const)),
  );
  const counts = pairs.filter(isRename).map(({ oldStage, newStage }) => {
    if (!after.has(newStage)) throw new ApiError(apiErrors.newStageNotListed);
    const moved = [...names].filter(([, name]) => name === oldStage).map(([record]) => record);
    for (const record of moved) names.set(record, newStage);
    const target = after.get(newStage);
    if (target !== undefined) addRecords(account, pipeline.type, target.id, moved);
    return [`${oldStage} -> ${newStage}`, moved.length] as const;
  });
  return Object.fromEntries(counts);
}

/** Counts the records of stages that have another name than `before`, by "Old -> New"; stages without any are left out. */
export function countRenamed(account: Account, pipeline: Pipeline, before: readonly Stage[]): Record<string, number> {
  const names = new Map(before.map(({ id, name }) => [id, name]));
  const renamed = activeStagesOf(account, pipeline.id).filter(({ id, name }) => (names.get(id) ?? name) !== name);
  const counts = renamed.map(({ id, name }) => [`${names.get(id)} -> ${name}`, recordsIn(account, id).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function isRename(pair: Rename): pair is Rename & { oldStage: string } {
  return pair.oldStage !== undefined && pair.oldStage !== pair.newStage;
}
