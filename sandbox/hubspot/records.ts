import { resolveObjectType } from './object-types.ts';
import type { Store } from './store/index.ts';

/** Adds records of the account to a stage; throws if the account has no such stage in that pipeline. */
export function addHubspotRecords(
  store: Store,
  account: string,
  target: { readonly objectType: string; readonly pipelineId: string; readonly stageId: string },
  recordIds: readonly string[],
): void {
  store.openAccount(account);
  const collection = { account, typeId: resolveObjectType(target.objectType).typeId };
  const pipeline = store.pipelines.find(collection, target.pipelineId);
  if (pipeline === undefined) throw new Error(`No pipeline ${target.pipelineId} of ${target.objectType}`);
  if (!pipeline.stages.some((stage) => stage.id === target.stageId)) {
    throw new Error(`No stage ${target.stageId} in pipeline ${target.pipelineId}`);
  }
  store.transaction(() => store.records.add(collection, target.stageId, recordIds));
}
