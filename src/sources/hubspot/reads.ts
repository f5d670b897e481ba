import type { SourceReads } from '../parts.ts';
import { noSubject, toPipelineSubject } from '../upstream/subject.ts';
import { listNotFound } from '../upstream/upstream.ts';
import { readAuditEntries } from './audit.ts';
import type { HubSpotConnection } from './connection.ts';
import { readPipeline, readPipelineList } from './wire.ts';

/** What HubSpot's API can read: lists, single pipelines and the history of both pipelines and stages. */
export function createReads({ sourceName, upstream, paths }: HubSpotConnection): SourceReads {
  return {
    async listPipelines(objectType, _options, call) {
      const parse = (body: unknown) => readPipelineList(body, sourceName, objectType);
      return (await upstream.read({ path: paths.list(objectType.name) }, noSubject, parse, call)) ?? listNotFound;
    },

    readPipeline: (objectType, key, call) =>
      upstream.read(
        { path: paths.pipeline(key) },
        toPipelineSubject(key),
        (body) => readPipeline(body, sourceName, objectType),
        call,
      ),

    readAudit: (objectType, key, call) =>
      upstream.read(
        { path: [...('stageId' in key ? paths.stage(key) : paths.pipeline(key)), 'audit'] },
        toPipelineSubject(key),
        (body) => readAuditEntries(body, key, objectType),
        call,
      ),
  };
}
