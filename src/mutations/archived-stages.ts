import type { Collection } from '../context/collections.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';

/** The stages that a write of their pipeline can name: without archived ones, if that would make them active again. */
export function toWritableStages({ stages }: Pipeline, collection: Collection): readonly Stage[] {
  return stages.filter((stage) => isWritable(stage, collection));
}

/** The pipeline as if it had none but the stages that a write can name. */
export function toWritablePipeline(pipeline: Pipeline, collection: Collection): Pipeline {
  return { ...pipeline, stages: toWritableStages(pipeline, collection) };
}

/** The problem of an archived stage that no write can name; `path` is where the input names it. */
export function checkWritable(
  stage: Stage | undefined,
  collection: Collection,
  path: readonly string[] = ['id'],
): readonly Problem[] {
  if (stage === undefined || isWritable(stage, collection)) return [];
  return [invalidInput(path, `The stage "${stage.label}" is archived, and this would make it active again.`)];
}

function isWritable({ archived }: Stage, { source }: Collection): boolean {
  return !archived || source.inputRules.writesArchivedStages;
}
