import { expect } from 'vitest';
import type { Answer, TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { changeFields, pipelineFields, stageFields } from '../support/selections.ts';

const snapshotFields = 'snapshot { pipelineId label stages { stageId label displayOrder } document }';
const migrationFields = 'migrations { fromLabel toLabel recordCount }';
const warningFields = 'warnings { code message path }';
const movedFields = 'movedRecordsTo { stageId label } movedRecordCount';

/** What is selected of each mutation's payload, beside its errors. */
const payloads = {
  createPipeline: `pipeline { ${pipelineFields} }`,
  replacePipeline: `pipeline { ${pipelineFields} } changes { ${changeFields} } ${migrationFields} ${warningFields}`,
  patchPipeline: `pipeline { ${pipelineFields} } ${migrationFields}`,
  archivePipeline: `archivedId ${snapshotFields} ${movedFields} ${warningFields}`,
  createPipelineStage: `stage { ${stageFields} pipeline { id } } ${migrationFields}`,
  replacePipelineStage: `stage { ${stageFields} } ${migrationFields}`,
  patchPipelineStage: `stage { ${stageFields} } ${migrationFields}`,
  reorderPipelineStages: `pipeline { ${pipelineFields} } ${migrationFields}`,
  archivePipelineStage: `archivedId snapshot { stageId label } ${movedFields} ${migrationFields} ${warningFields}`,
} as const;
type Mutation = keyof typeof payloads;

/** The schema, asked as a client of the gateway asks it. */
export interface Client {
  /** The answer's data; fails where there are errors. */
  query(document: string, variables?: object): Promise<Answer['data']>;
  /** The whole answer. */
  ask(document: string, variables?: object): Promise<Answer>;
  /** The mutation's payload. What an upstream does is never a top-level error, which is checked here for all. */
  mutate(name: Mutation, input: object): Promise<Answer['data']>;
  /** The same of one that must succeed. */
  do(name: Mutation, input: object): Promise<Answer['data']>;
}

/** Asks past whatever the gateway keeps, because these tests change the upstream behind its back. */
const headers = { 'cache-control': 'no-cache' };

/** Opens a client of the gateway. */
export function openClient(gateway: TestGateway): Client {
  const client: Client = {
    ask: (document, variables) => gateway.ask(document, variables, headers),
    async query(document, variables) {
      const { data, errors } = await client.ask(document, variables);
      expect(errors).toBeUndefined();
      return data;
    },
    mutate: (name, input) => mutate(gateway, name, input, payloads[name], headers),
    async do(name, input) {
      const payload = await client.mutate(name, input);
      expect(payload.errors).toEqual([]);
      return payload;
    },
  };
  return client;
}
