import { byPipelineOrder } from '../../domain/pipeline.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import { PipelineFault } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import type { PipelineList } from '../source.ts';

/**
 * The pipelines that single reads found, each once, in order, and the problems of the reads that failed. Rejects only
 * where all of them failed.
 */
export function toPipelineList(reads: readonly PromiseSettledResult<Pipeline | null>[]): PipelineList {
  const pipelines = new Map<string, Pipeline>();
  const problems: Problem[] = [];
  for (const read of reads) {
    if (read.status === 'fulfilled') {
      if (read.value !== null) pipelines.set(read.value.pipelineId, read.value);
    } else if (read.reason instanceof PipelineFault && reads.some(({ status }) => status === 'fulfilled')) {
      problems.push(...read.reason.problems);
    } else throw read.reason;
  }
  return { pipelines: [...pipelines.values()].sort(byPipelineOrder), problems };
}
