import { toComparableLabel } from '../../domain/pipeline.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import type { NextStage } from '../whole-pipeline.ts';
import type { Replaced } from '../write-results.ts';
import { inFreeOrder } from './rename-order.ts';
import { toRenames } from './wire.ts';

/** New names for stages, by their ids, that they bear only until the names they are to have become free. */
type TemporaryNames = ReadonlyMap<string, string>;

/** The temporary names that a change of stages needs, as the stages of `current` swap names; none if no name goes round. */
export function toTemporaryNames(stages: readonly NextStage[], current: Pipeline): TemporaryNames {
  const { cyclic } = inFreeOrder(toRenames(stages, current));
  const taken = new Set([...current.stages, ...stages].map(({ label }) => toComparableLabel(label)));
  const names = new Map<string, string>();
  for (const { oldStage } of cyclic) {
    const stage = current.stages.find(({ label }) => label === oldStage);
    if (stage === undefined) continue;
    const name = toFreeName(oldStage.trim(), taken);
    taken.add(toComparableLabel(name));
    names.set(stage.stageId, name);
  }
  return names;
}

/** The same pipeline as its stages are called meanwhile. */
export function withNames(pipeline: Pipeline, names: TemporaryNames): Pipeline {
  const stages = pipeline.stages.map((stage) => ({ ...stage, label: names.get(stage.stageId) ?? stage.label }));
  return { ...pipeline, stages };
}

/** What both parts of a change moved, as if no stage had had a temporary name. */
export function withoutNames(
  parts: readonly Replaced['migrations'][],
  { stages }: Pipeline,
  names: TemporaryNames,
): Replaced['migrations'] {
  const temporary = new Set(names.values());
  const labels = new Map(stages.map(({ stageId, label }) => [names.get(stageId), label]));
  return parts
    .flat()
    .filter(({ toLabel }) => !temporary.has(toLabel))
    .map((migration) => ({ ...migration, fromLabel: labels.get(migration.fromLabel) ?? migration.fromLabel }));
}

function toFreeName(label: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const name = `${label} (renaming${count === 1 ? '' : ` ${count}`})`;
    if (!taken.has(toComparableLabel(name))) return name;
  }
}
