import type { Collection } from '../context/collections.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toGivenOutcome, translateMeta } from '../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { StageMetaDraft } from '../domain/stage-meta.ts';
import type { ObjectType } from '../sources/source.ts';
import { toWritableStages } from './archived-stages.ts';
import { checkNewPipeline, judgingExisting } from './create-pipeline.ts';

/**
 * What would keep a pipeline from coming back as it is, were it archived and created again. Only the upstream's own rules
 * count, as far as they are known. Each problem's path is a place in the pipeline.
 */
export function checkCanComeBack(pipeline: Pipeline, collection: Collection): readonly Problem[] {
  const { source, objectType } = collection;
  const { newIds, pipelineFields } = source.inputRules;
  // Those that no write can name do not come back, so they are in nobody's way.
  const stages = toWritableStages(pipeline, collection);
  const anew = {
    objectType: objectType.name,
    label: pipeline.label,
    displayOrder: pipelineFields.displayOrder ? pipeline.displayOrder : null,
    pipelineId: newIds === null ? null : pipeline.pipelineId,
    stages: stages.map(({ stageId, label, displayOrder, meta }) => ({
      stageId: newIds === null ? null : stageId,
      label,
      displayOrder,
      meta: toTakenMeta(meta, objectType),
    })),
  };
  return [
    ...checkNewPipeline(anew, judgingExisting(collection)),
    ...stages.flatMap((stage, index) => checkState(stage, ['stages', String(index), 'meta'], objectType)),
  ].map((problem) => explain(problem, stages, pipeline));
}

/** What the upstream would take of a stage's metadata; null if it says nothing that is known. */
function toTakenMeta(meta: Stage['meta'], { metaField }: ObjectType): StageMetaDraft | null {
  const { toOutcome } = stageMetaKinds[metaField];
  return toOutcome === null || meta.raw[metaField] === undefined ? null : translateMeta(meta, metaField);
}

/** The problem of a stage whose metadata says something else to the upstream than what the stage is. */
function checkState(
  { meta, outcome }: Stage,
  path: readonly string[],
  { metaField, newStageMeta }: ObjectType,
): readonly Problem[] {
  // Without a value that can be left out, the lack of one is a problem of its own.
  if (newStageMeta === null || stageMetaKinds[metaField].toOutcome === null) return [];
  const isKnown = translateMeta(meta, metaField) !== null;
  if (meta.raw[metaField] !== undefined) {
    if (isKnown) return [];
    const value = JSON.stringify(meta.raw[metaField]);
    return [invalidInput([...path, metaField], `No new stage can have the ${metaField} ${value}.`)];
  }
  const anew = toGivenOutcome(metaField, newStageMeta);
  if (!isKnown || anew === outcome) return [];
  return [
    invalidInput([...path, metaField], `Without a ${metaField} it would come back ${anew} instead of ${outcome}.`),
  ];
}

/** The problem of one of the `tried` stages, in words and by its place in the pipeline. */
function explain<T extends Problem>(problem: T, tried: readonly Stage[], { stages }: Pipeline): T {
  const [list, index, ...rest] = problem.path ?? [];
  const stage = list === 'stages' && index !== undefined ? tried[Number(index)] : undefined;
  const path = stage === undefined ? problem.path : ['stages', String(stages.indexOf(stage)), ...rest];
  const subject = stage === undefined ? '' : `Stage "${stage.label}": `;
  const message = `${subject}${problem.message} So the pipeline could not be restored; archiveAnyway archives it all the same.`;
  return { ...problem, path, message };
}
