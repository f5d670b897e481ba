import type { Pipeline, Stage } from '../../domain/pipeline.ts';

/** A pipeline without its inactive stages: a write that names one makes it active again, so each is made as if there were none. */
export function withoutInactive(pipeline: Pipeline): Pipeline {
  return { ...pipeline, stages: pipeline.stages.filter((stage) => !stage.archived) };
}

/** A stage whose pipeline has no inactive stages. */
export function amongActive(stage: Stage): Stage {
  return { ...stage, pipeline: withoutInactive(stage.pipeline) };
}
