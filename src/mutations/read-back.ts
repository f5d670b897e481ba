import type { Collection } from '../context/collections.ts';
import type { PipelineKey } from '../domain/ids.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { afterWrite, PipelineFault, upstreamProblem } from '../domain/problems.ts';
import type { Call } from '../sources/source.ts';

/** The pipeline as a later read shows it, after an acknowledged write. */
export async function readBack({ source, objectType }: Collection, key: PipelineKey, call: Call): Promise<Pipeline> {
  const pipeline = await source.readPipeline(objectType, key, call).catch((error: unknown) => {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  });
  return pipeline ?? notShown(key.sourceName);
}

/** A stage as a later read shows it. If the upstream does not tell a new id, it is found by its label, which is unique. */
export async function readStageBack(
  collection: Collection,
  key: PipelineKey,
  { stageId, label }: { readonly stageId: string | null; readonly label: string | null },
  call: Call,
): Promise<Stage> {
  const { stages } = await readBack(collection, key, call);
  const stage = stages.find((candidate) =>
    stageId === null
      ? toComparableLabel(candidate.label) === toComparableLabel(label ?? '')
      : candidate.stageId === stageId,
  );
  return stage ?? notShown(key.sourceName);
}

/** Sends a write; if that stops half way, or may have, shows the pipeline as it now reads, and fails all the same. */
export async function withPipelineAfterFailure<T>(
  { source, objectType }: Collection,
  key: PipelineKey,
  call: Call,
  send: () => Promise<T>,
  show: (pipeline: Pipeline) => void,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof PipelineFault && error.problems.some((problem) => problem.mayHaveBeenApplied)) {
      const pipeline = await source.readPipeline(objectType, key, call).catch(() => null);
      if (pipeline !== null) show(pipeline);
    }
    throw error;
  }
}

function notShown(sourceName: string): never {
  const message = 'The upstream acknowledged the write, but a read does not show it.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  throw new PipelineFault([problem], sourceName);
}
