import type { PipelineList, UnreadPipeline } from '../../domain/pipeline-list.ts';
import { byPipelineOrder } from '../../domain/pipeline.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import { PipelineFault } from '../../domain/problems.ts';
import { isIdRefused } from './rejection.ts';

/** A read of one pipeline that has ended; null stands for the default one. */
interface SettledRead {
  readonly pipelineId: string | null;
  readonly result: PromiseSettledResult<Pipeline | null>;
}

/**
 * The pipelines that single reads found, each once, in order, and those whose reads failed. Rejects only if all of them
 * failed.
 */
export function toPipelineList(reads: readonly SettledRead[]): PipelineList {
  const pipelines = new Map<string, Pipeline>();
  const unread: UnreadPipeline[] = [];
  for (const { pipelineId, result } of reads) {
    if (result.status === 'fulfilled') {
      if (result.value !== null) pipelines.set(result.value.pipelineId, result.value);
    } else if (result.reason instanceof PipelineFault && reads.some((read) => read.result.status === 'fulfilled')) {
      unread.push(...toUnread(pipelineId, result.reason));
    } else throw result.reason;
  }
  return { pipelines: [...pipelines.values()].sort(byPipelineOrder), unread };
}

function toUnread(pipelineId: string | null, fault: PipelineFault): readonly UnreadPipeline[] {
  // What no pipeline can have as its id has no stages either.
  const stageIds = pipelineId !== null && isIdRefused(pipelineId, fault) ? [] : null;
  return fault.problems.map((problem) => ({ pipelineId, stageIds, problem }));
}
