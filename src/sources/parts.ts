import type { PipelineSource } from './source.ts';

/** The part of a source that reads. */
export type SourceReads = Pick<PipelineSource, 'listPipelines' | 'readPipeline' | 'readAudit'>;

/** The part of a source that writes pipelines. */
export type PipelineWrites = Pick<
  PipelineSource,
  'createPipeline' | 'replacePipeline' | 'patchPipeline' | 'archivePipeline'
>;

/** The part of a source that writes stages. */
export type StageWrites = Pick<
  PipelineSource,
  'createStage' | 'replaceStage' | 'patchStage' | 'reorderStages' | 'archiveStage'
>;

/** The part of a source that is about its upstream as a whole. */
export type SourceControls = Pick<
  PipelineSource,
  'status' | 'scarcestRateLimits' | 'pressure' | 'forgetReads' | 'close'
>;
