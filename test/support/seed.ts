import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';

/** Where the sandbox’s deals are, at a HubSpot source named `hubspot`. */
export const deals = { sourceName: 'hubspot', objectType: 'deals' } as const;

/** The global id of a pipeline at the source `hubspot`. */
export function toPipelineId(pipelineId: string, objectType = 'deals'): string {
  return toPipelineGlobalId({ sourceName: 'hubspot', objectType, pipelineId });
}

/** The global id of a stage at the source `hubspot`. */
export function toStageId(stageId: string, pipelineId = 'default', objectType = 'deals'): string {
  return toStageGlobalId({ sourceName: 'hubspot', objectType, pipelineId, stageId });
}

/** The global id of the Sales Pipeline, the one for deals that every account has from the start. */
export const salesPipelineId = toPipelineId('default');

/** The query of its label by its key, which no list answers. */
export const salesPipelineByKey =
  '{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "default") { label } }';

/** The global id of its stage Closed Won. */
export const closedWonId = toStageId('closedwon');

/** The labels of its stages, in their order. */
export const salesStageLabels = [
  'Appointment Scheduled',
  'Qualified To Buy',
  'Presentation Scheduled',
  'Decision Maker Bought-In',
  'Contract Sent',
  'Closed Won',
  'Closed Lost',
];
