import { toPipelineGlobalId, toStageGlobalId } from './ids.js';
/** Completes what a source read: ids, outcomes, order and the stages' way back. The result is frozen. */
export function toPipeline(fields) {
  const stages = [];
  const pipeline = { ...fields, id: toPipelineGlobalId(fields), stages };
  const { sourceName, objectType, pipelineId } = fields;
  for (const stage of fields.stages) {
    const id = toStageGlobalId({ sourceName, objectType, pipelineId, stageId: stage.stageId });
    const outcome = toOutcome(stage.meta);
    stages.push(Object.freeze({ ...stage, id, sourceName, objectType, pipelineId, pipeline, outcome }));
  }
  stages.sort(byStageOrder);
  Object.freeze(stages);
  return Object.freeze(pipeline);
}
/** Orders pipelines as every list of them is ordered: by displayOrder, then label, then id. */
export const byPipelineOrder = byDisplayOrder((pipeline) => pipeline.pipelineId);
const byStageOrder = byDisplayOrder((stage) => stage.stageId);
/** Labels that differ in case or outer spaces only are the same to every upstream. */
export function toComparableLabel(label) {
  return label.trim().toLowerCase();
}
/** The displayOrder of something that goes after all of them. */
export function orderAfterLast(items) {
  return Math.max(-1, ...items.map((item) => item.displayOrder)) + 1;
}
/** Compares by UTF-16 code units, so that every replica sorts alike whatever its locale. */
export function compareText(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
function byDisplayOrder(idOf) {
  return (a, b) => a.displayOrder - b.displayOrder || compareText(a.label, b.label) || compareText(idOf(a), idOf(b));
}
/** What a record in a stage with such metadata means (contract: WON at 1.0, LOST at 0.0, CLOSED where the state says so). */
function toOutcome(meta) {
  switch (meta.__typename) {
    case 'DealStageMeta':
      if (meta.probability === 1) return 'WON';
      return meta.probability === 0 ? 'LOST' : 'OPEN';
    case 'TicketStageMeta':
      return meta.ticketState;
    case 'GenericStageMeta':
      return meta.state ?? 'UNKNOWN';
    case 'OrganizationStageMeta':
      return 'UNKNOWN';
  }
}
