import { readAuditPage } from '../audit-history.js';
import { isAddressable, readStageGlobalId } from '../ids.js';
import { findReferencedPlace, readText, toEntity } from './reference.js';
export const stage = {
  __resolveReference: async (reference, { sources, lookups }) => {
    const key = 'id' in reference ? readStageGlobalId(readText(reference.id)) : toUpstreamKey(reference);
    const place = key === null ? null : findReferencedPlace(sources, key);
    if (key === null || place === null || !isAddressable(readText(key.stageId))) return null;
    return toEntity(await lookups.stage(place, key));
  },
  audit: (parent, args, context) => readAuditPage(parent, args, context),
};
export const stageMeta = { __resolveType: ({ __typename }) => __typename };
/** The second key's own fields: whatever else a representation holds must not steer the look-up. */
function toUpstreamKey({ sourceName, objectType, stageId }) {
  return { sourceName, objectType, stageId };
}
