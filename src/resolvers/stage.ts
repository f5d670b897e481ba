import { isAddressable, readStageGlobalId } from '../domain/ids.ts';
import type { StageKey } from '../domain/ids.ts';
import { toRevision } from '../domain/revision.ts';
import type { StageMetaResolvers, StageResolvers } from '../generated/schema.ts';
import { readAuditPage } from '../queries/audit-history.ts';
import { isInList } from './in-list.ts';
import { findReferencedCollection, readText, toEntity } from './reference.ts';

/** Resolves Stage, by each of its keys too. */
export const stage = {
  __resolveReference: async (reference, { sources, loaders }) => {
    const key = 'id' in reference ? readStageGlobalId(readText(reference.id)) : toUpstreamKey(reference);
    const collection = key === null ? null : findReferencedCollection(sources, key);
    if (key === null || collection === null || !isAddressable(readText(key.stageId))) return null;
    return toEntity(await loaders.stage(collection, key));
  },
  revision: (parent) => toRevision(parent),
  audit: (parent, args, context, info) => readAuditPage(parent, args, context, isInList(info)),
} satisfies StageResolvers;

/** Tells the types of stage metadata apart. */
export const stageMeta: StageMetaResolvers = { __resolveType: ({ __typename }) => __typename };

/** The second key's own fields: whatever else a representation holds must not steer the look-up. */
function toUpstreamKey({
  sourceName,
  objectType,
  stageId,
}: Omit<StageKey, 'pipelineId'>): Omit<StageKey, 'pipelineId'> {
  return { sourceName, objectType, stageId };
}
