import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { Call } from './call.ts';
import type { StoredStage } from './model.ts';

/**
 * Refuses to let stages go that records are in, if the request or the version's default asks for the check. The
 * `context` holds one bracketed string for each list, not the ids one by one (HubSpot's guide, 2026-09).
 */
export function checkReferences(call: Call, subject: 'pipeline' | 'stage', stages: readonly StoredStage[]): void {
  if (!asksForCheck(call, subject)) return;
  const references = stages.map((stage) => ({ stage, ids: call.store.records.inStage(call.collection, stage.id) }));
  const used = references.filter(({ ids }) => ids.length > 0);
  if (used.length === 0) return;
  const stageIds = `[${used.map(({ stage }) => stage.id).join(', ')}]`;
  const objectIds = `[${used.flatMap(({ ids }) => ids).join(', ')}]`;
  refuse(400, {
    message: `Stage IDs: ${stageIds} are being referenced by object IDs: ${objectIds}`,
    context: { stageIds: [stageIds], objectIds: [objectIds] },
    subCategory: 'PipelineError.STAGE_ID_IN_USE',
  });
}

function asksForCheck({ version, type, query }: Call, subject: 'pipeline' | 'stage'): boolean {
  if (!version.validationCanBeSkipped) return true;
  const { dealPipeline, dealStage, otherObjects } = assumptions.validateParameters;
  const ofDeals = subject === 'pipeline' ? dealPipeline : dealStage;
  const names: readonly string[] = type.name === 'deals' ? ofDeals : otherObjects;
  return names.some((name) => (query.get(name) ?? String(version.validatesByDefault)) === 'true');
}
