import type { SourceReads } from '../parts.ts';
import { noSubject } from '../upstream/subject.ts';
import { listNotFound } from '../upstream/upstream.ts';
import { toListPath } from './connection.ts';
import type { HubSpotV1Connection } from './connection.ts';
import { readPipelineList } from './wire.ts';

/** What v1 can read: lists. One pipeline is looked for in its list. */
export function createReads({ sourceName, upstream }: HubSpotV1Connection): SourceReads {
  const listPipelines: SourceReads['listPipelines'] = async (objectType, { includeArchived }, call) => {
    const includeInactive = includeArchived ? 'INCLUDE_DELETED' : 'EXCLUDE_DELETED';
    const request = { path: toListPath(objectType.name), query: { includeInactive } };
    const parse = (body: unknown) => readPipelineList(body, sourceName, objectType);
    return (await upstream.read(request, noSubject, parse, call)) ?? listNotFound;
  };

  return {
    listPipelines,

    async readPipeline(objectType, { pipelineId }, call) {
      const { pipelines } = await listPipelines(objectType, { includeArchived: false }, call);
      return pipelines.find((pipeline) => pipeline.pipelineId === pipelineId) ?? null;
    },
  };
}
