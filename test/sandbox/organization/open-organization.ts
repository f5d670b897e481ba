import { DatabaseSync } from 'node:sqlite';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect } from 'vitest';
import { organizationApi } from '../../../sandbox/organization/index.ts';

/** A stage as the API shows it. */
export type Stage = { _id: string; name: string; color: string; position: number };
/** A pipeline as the API shows it. */
export type Pipeline = { _id: string; name: string; type: string; isDefault: boolean; pipelineStages: Stage[] };
/** A status with its JSON. */
type Answer = { status: number; body: Record<string, unknown> };

/** Whose organization the tests see unless they say otherwise. */
export const token = 'token-of-a-test';

/** An id of the right form that nothing has. */
export const unknownId = 'f'.repeat(24);

/** An organization API of a test's own, with nothing around it. */
interface Organization {
  /** Where it keeps its data. */
  readonly database: DatabaseSync;
  readonly origin: string;
  readonly call: (method: string, path: string, body?: unknown, bearer?: string | null) => Promise<Answer>;
  readonly readPipeline: (query?: string, bearer?: string) => Promise<Pipeline>;
  /** Creates a pipeline with the stages Open and Closed. */
  readonly createPipeline: (name: string, more?: object, type?: string) => Promise<Pipeline>;
  /** How many records are in a stage, learnt by moving them on: the API has no other way to count. */
  readonly countRecords: (stage: Stage, others: readonly Stage[]) => Promise<unknown>;
  /** Serves the same data from another server, which `prepare` has made its own before. */
  readonly moveTo: (prepare: (app: FastifyInstance) => void) => Promise<void>;
}

/** Declares one for each of the tests beside it. */
export function useOrganization(): Organization {
  let app: FastifyInstance;
  let database: DatabaseSync;
  let origin: string;

  async function serve(prepare: (app: FastifyInstance) => void = () => {}): Promise<void> {
    app = fastify();
    prepare(app);
    organizationApi(app, database);
    origin = await app.listen({ port: 0, host: '127.0.0.1' });
  }
  beforeEach(async () => {
    database = new DatabaseSync(':memory:');
    await serve();
  });
  afterEach(async () => {
    await app.close();
    database.close();
  });

  async function call(method: string, path: string, body?: unknown, bearer: string | null = token): Promise<Answer> {
    const headers = new Headers();
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${origin}/api${path}`, { method, headers, body: text ?? null });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  return {
    get database() {
      return database;
    },
    get origin() {
      return origin;
    },
    call,
    async readPipeline(query = '', bearer = token) {
      const { status, body } = await call('GET', `/pipelines${query}`, undefined, bearer);
      expect(status).toBe(200);
      return body as Pipeline;
    },
    async createPipeline(name, more = {}, type = 'Contact') {
      const pipelineStages = [{ name: 'Open' }, { name: 'Closed' }];
      const { status, body } = await call('POST', `/pipelines/create?type=${type}`, { name, pipelineStages, ...more });
      expect(status).toBe(201);
      return body['pipeline'] as Pipeline;
    },
    async countRecords(stage, others) {
      const target = others.find(({ _id }) => _id !== stage._id)!;
      const { body } = await call('POST', '/pipelines/stages/reassign', {
        sourceStageId: stage._id,
        targetStageId: target._id,
      });
      return body['recordsTransferred'];
    },
    async moveTo(prepare) {
      await app.close();
      await serve(prepare);
    },
  };
}

/** The names of a pipeline's stages, in order. */
export function stageNames({ pipelineStages }: Pipeline): string[] {
  return pipelineStages.map(({ name }) => name);
}

/** What every refusal with a status looks like. */
export const refusal = (status: number) => ({ status, body: { error: expect.any(String) as string } });
