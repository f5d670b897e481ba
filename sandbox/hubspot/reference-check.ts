import type { Unknowns } from '../unknowns.ts';
import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { Call } from './call.ts';
import type { StoredStage } from './model.ts';

/**
 * Refuses to let stages go that records are in, if the request or the version's default asks for the check. Unless the
 * sandbox is started otherwise, `context` holds one bracketed string for each list (HubSpot's guide, 2026-09).
 */
export function checkReferences(call: Call, subject: 'pipeline' | 'stage', stages: readonly StoredStage[]): void {
  if (!asksForCheck(call, subject)) return;
  const references = stages.map((stage) => ({ stage, ids: call.store.records.inStage(call.collection, stage.id) }));
  const used = references.filter(({ ids }) => ids.length > 0);
  if (used.length === 0) return;
  const stageIds = used.map(({ stage }) => stage.id);
  const objectIds = used.flatMap(({ ids }) => ids);
  const form = call.unknowns.referenceContext;
  refuse(400, {
    message: `Stage IDs: [${stageIds.join(', ')}] are being referenced by object IDs: [${objectIds.join(', ')}]`,
    context: { stageIds: writeIds(form, stageIds), objectIds: writeIds(form, objectIds) },
    subCategory: 'PipelineError.STAGE_ID_IN_USE',
  });
}

function writeIds(form: Unknowns['referenceContext'], ids: readonly string[]): readonly unknown[] {
  if (form === 'bracketed') return [`[${ids.join(', ')}]`];
  if (form === 'unspaced') return [`[${ids.join(',')}]`];
  return form === 'list' ? ids : ids.map((id) => (/^\d+$/.test(id) ? BigInt(id) : id));
}

function asksForCheck({ version, type, query }: Call, subject: 'pipeline' | 'stage'): boolean {
  if (!version.validationCanBeSkipped) return true;
  if (subject === 'stage' && !version.stageDeleteValidates) return false;
  const { dealPipeline, dealStage, otherObjects } = assumptions.validateParameters;
  const ofDeals = subject === 'pipeline' ? dealPipeline : dealStage;
  const names: readonly string[] = type.name === 'deals' ? ofDeals : otherObjects;
  return names.some((name) => (query.get(name) ?? String(version.validatesByDefault)) === 'true');
}
