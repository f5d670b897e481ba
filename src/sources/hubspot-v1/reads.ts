import { settle } from '../../domain/look-up.ts';
import { findPipeline } from '../../domain/pipeline-list.ts';
import type { SourceReads } from '../parts.ts';
import { toListPath } from './connection.ts';
import type { HubSpotV1Connection } from './connection.ts';
import { readPipelineList } from './wire.ts';

/** What v1 can read: lists. One pipeline is looked for in its list. */
export function createReads({ sourceName, upstream }: HubSpotV1Connection): SourceReads {
  const listPipelines: SourceReads['listPipelines'] = (objectType, { includeArchived }, call) => {
    const includeInactive = includeArchived ? 'INCLUDE_DELETED' : 'EXCLUDE_DELETED';
    const request = { path: toListPath(objectType.name), query: { includeInactive } };
    const parse = (body: unknown) => readPipelineList(body, sourceName, objectType);
    return upstream.readList(request, parse, call);
  };

  return {
    listPipelines,

    // An inactive one is looked for among all only if it must be, as most reads are of active ones.
    async readPipeline(objectType, { pipelineId }, call) {
      const active = findPipeline(await listPipelines(objectType, { includeArchived: false }, call), pipelineId);
      if (active.kind !== 'missing') return settle(active, sourceName);
      return settle(
        findPipeline(await listPipelines(objectType, { includeArchived: true }, call), pipelineId),
        sourceName,
      );
    },
  };
}
