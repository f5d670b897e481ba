import auditPipeline from './audit-pipeline.graphql?raw';
import createPipeline from './create-pipeline.graphql?raw';
import listPipelines from './list-pipelines.graphql?raw';
import lookUpStage from './look-up-stage.graphql?raw';
import planReplacement from './plan-replacement.graphql?raw';
import refusedInput from './refused-input.graphql?raw';

/** The operations that a first visit finds, a tab each, in an order in which they can be run one after the other. */
export const examples = [listPipelines, lookUpStage, createPipeline, refusedInput, auditPipeline, planReplacement];
