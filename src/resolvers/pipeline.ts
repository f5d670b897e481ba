import { requireCollection, requireSource } from '../context/collections.ts';
import { noteUnreadStages } from '../context/unread-stages.ts';
import { isAddressable, readPipelineGlobalId } from '../domain/ids.ts';
import { toRevision } from '../domain/revision.ts';
import type { PipelineResolvers } from '../generated/schema.ts';
import { readAuditPage } from '../queries/audit-history.ts';
import { toFindings } from '../queries/findings.ts';
import { isInList } from './in-list.ts';
import { findReferencedCollection, readText, toEntity } from './reference.ts';

/** Resolves Pipeline, by each of its keys too. */
export const pipeline = {
  __resolveReference: async (reference, { sources, loaders }) => {
    const key = 'id' in reference ? readPipelineGlobalId(readText(reference.id)) : reference;
    const collection = key === null ? null : findReferencedCollection(sources, key);
    if (key === null || collection === null || !isAddressable(readText(key.pipelineId))) return null;
    return toEntity(await loaders.pipeline(collection, key));
  },
  source: ({ sourceName }, _, { sources }) => requireSource(sources, sourceName),
  findings: (parent, _, { sources, now }) => {
    const source = requireSource(sources, parent.sourceName);
    const { objectType } = requireCollection(sources, parent);
    return toFindings({ pipeline: parent, objectType, source, now });
  },
  readAt: (parent, _, { loaders }) => loaders.readTimeOf(parent).toISOString(),
  stages(parent, _, context, info) {
    noteUnreadStages(parent, context, info);
    return parent.stages;
  },
  revision: (parent) => toRevision(parent),
  audit: (parent, args, context, info) => readAuditPage(parent, args, context, isInList(info)),
} satisfies PipelineResolvers;
