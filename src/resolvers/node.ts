import { requireCollection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { readPipelineGlobalId, readStageGlobalId } from '../domain/ids.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';

/** The pipeline or stage with a global id, null if there is none; a PipelineFault if the id is of neither. */
export async function findNode(id: string, { sources, loaders }: Context): Promise<Pipeline | Stage | null> {
  const pipeline = readPipelineGlobalId(id);
  if (pipeline !== null) return loaders.pipeline(requireCollection(sources, pipeline, ['id']), pipeline);
  const stage = readStageGlobalId(id);
  if (stage !== null) return loaders.stage(requireCollection(sources, stage, ['id']), stage);
  throw new PipelineFault([invalidInput(['id'], 'This is not the id of a pipeline or a stage.')]);
}

/** The type of what was found. */
export function toNodeType(node: Pipeline | Stage): 'Pipeline' | 'Stage' {
  return 'stageId' in node ? 'Stage' : 'Pipeline';
}
