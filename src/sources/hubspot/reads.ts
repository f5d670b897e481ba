import type { SourceReads } from '../parts.ts';
import { toPipelineSubject } from '../upstream/subject.ts';
import { readAuditEntries } from './audit.ts';
import type { HubSpotConnection } from './connection.ts';
import { readPipeline, readPipelineList } from './wire.ts';

/** What HubSpot's API can read: lists, single pipelines and the history of both pipelines and stages. */
export function createReads({ sourceName, upstream, paths }: HubSpotConnection): SourceReads {
  return {
    listPipelines: (objectType, _options, call) =>
      upstream.readList(
        { path: paths.list(objectType.name) },
        (body) => readPipelineList(body, sourceName, objectType),
        call,
      ),

    readPipeline: (objectType, key, call) =>
      upstream.read(
        { path: paths.pipeline(key) },
        toPipelineSubject(key),
        (body) => readPipeline(body, sourceName, objectType),
        call,
      ),

    readAudit: (objectType, key, call) =>
      upstream.read(
        { path: [...('stageId' in key ? paths.stage(key) : paths.pipeline(key)), 'audit'], kind: 'audit' },
        toPipelineSubject(key),
        (body) => readAuditEntries(body, key, objectType),
        call,
      ),
  };
}
