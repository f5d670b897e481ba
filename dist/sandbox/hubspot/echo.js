import { toWirePipeline, toWireStage } from './wire.js';
/**
 * What a write of one stage answers: the request laid over the stored row as it was before. So a probability is spelled
 * as it was sent, keys show that were dropped, and isClosed is old (HubSpot, observed 2026-10); only a read tells.
 */
export function echoStage(version, stored, sent, before) {
  const shown = Object.entries(sent.metadata).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return {
    ...toWireStage(version, stored),
    label: sent.label ?? stored.label,
    displayOrder: sent.displayOrder ?? stored.displayOrder,
    metadata: { ...before?.metadata, ...Object.fromEntries(shown) },
  };
}
/** What a write of a whole pipeline answers: its stages in the request's sequence, each echoed. */
export function echoPipeline(version, stored, sent, before) {
  const stages = stored.stages.map((stage, place) => {
    const previous = before?.stages.find((each) => each.id === stage.id);
    return echoStage(version, stage, sent[place] ?? { metadata: {} }, previous);
  });
  return { ...toWirePipeline(version, stored), stages };
}
