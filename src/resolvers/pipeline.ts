import { requirePlace, requireSource } from '../context/collections.ts';
import { toFindings } from '../queries/findings.ts';
import type { PipelineResolvers } from '../generated/schema.ts';
import { isAddressable, readPipelineGlobalId } from '../domain/ids.ts';
import { readAuditPage } from '../queries/audit-history.ts';
import { findReferencedPlace, readText, toEntity } from './reference.ts';

export const pipeline = {
  __resolveReference: async (reference, { sources, lookups }) => {
    const key = 'id' in reference ? readPipelineGlobalId(readText(reference.id)) : reference;
    const place = key === null ? null : findReferencedPlace(sources, key);
    if (key === null || place === null || !isAddressable(readText(key.pipelineId))) return null;
    return toEntity(await lookups.pipeline(place, key));
  },
  source: ({ sourceName }, _, { sources }) => requireSource(sources, sourceName),
  findings: (parent, _, { sources, now }) => {
    const source = requireSource(sources, parent.sourceName);
    const { objectType } = requirePlace(sources, parent);
    return toFindings({ pipeline: parent, objectType, source, now });
  },
  audit: (parent, args, context) => readAuditPage(parent, args, context),
} satisfies PipelineResolvers;
