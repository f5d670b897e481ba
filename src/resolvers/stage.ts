import { readAuditPage } from '../audit-history.ts';
import type { StageMetaResolvers, StageResolvers } from '../generated/schema.ts';
import { isAddressable, readStageGlobalId } from '../ids.ts';
import { findReferencedPlace } from './reference.ts';

export const stage = {
  __resolveReference: async (reference, { sources, lookups }) => {
    const key = 'id' in reference ? readStageGlobalId(reference.id) : reference;
    const place = key === null ? null : findReferencedPlace(sources, key);
    return key === null || place === null || !isAddressable(key.stageId) ? null : lookups.stage(place, key);
  },
  audit: (parent, args, context) => readAuditPage(parent, args, context),
} satisfies StageResolvers;

export const stageMeta: StageMetaResolvers = { __resolveType: ({ __typename }) => __typename };
