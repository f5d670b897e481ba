import type { Pipeline } from '../../domain/pipeline.ts';
import type { SourceReads } from '../parts.ts';
import type { Call } from '../source.ts';
import { noSubject, toPipelineSubject } from '../upstream/subject.ts';
import type { Subject } from '../upstream/subject.ts';
import { paths } from './connection.ts';
import type { OrganizationConnection } from './connection.ts';
import { toPipelineList } from './list.ts';
import { isIdRefused } from './rejection.ts';
import type { OrganizationSettings } from './settings.ts';
import { readPipeline } from './wire.ts';

/** What the API can read: single pipelines, so a list is the default one and those that `pipelineIds` names. */
export function createReads(
  connection: OrganizationConnection,
  { pipelineIds }: Pick<OrganizationSettings, 'pipelineIds'>,
): SourceReads {
  return {
    async listPipelines({ name: type }, _options, call) {
      const configured = pipelineIds.filter((reference) => reference.type === type).map(({ id }) => id);
      const reads = [null, ...new Set(configured)].map(async (pipelineId) => {
        const [result] = await Promise.allSettled([read(connection, type, pipelineId, noSubject, call)]);
        return { pipelineId, result };
      });
      return toPipelineList(await Promise.all(reads));
    },

    async readPipeline({ name: type }, key, call) {
      const { pipelineId } = key;
      const reading = read(connection, type, pipelineId, toPipelineSubject(key), call);
      return reading.catch((error: unknown) => {
        if (isIdRefused(pipelineId, error)) return null;
        throw error;
      });
    },
  };
}

/** Null asks for the default pipeline. Nothing says that an unknown id does not too, so the answer must have the id. */
async function read(
  { sourceName, upstream }: OrganizationConnection,
  type: string,
  pipelineId: string | null,
  subject: Subject,
  call: Call,
): Promise<Pipeline | null> {
  const query: Readonly<Record<string, string>> = pipelineId === null ? { type } : { type, pipelineId };
  const parse = (body: unknown) => readPipeline(body, sourceName, type);
  const pipeline = await upstream.read({ path: paths.pipelines, query }, subject, parse, call);
  return pipelineId === null || pipeline?.pipelineId === pipelineId ? pipeline : null;
}
