import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { parseJsonBodies } from './body-parser.ts';
import { faultRule } from './fault-injection/fault-rule.ts';
import type { PendingFaults } from './fault-injection/pending-faults.ts';
import { importedPipeline } from './hubspot/import-pipeline.ts';
import { toJson } from './json.ts';
import type { RequestLog } from './request-log.ts';

/** Records to add to a stage of a token's account. */
export type RecordsInput = z.output<typeof recordsInput>;

type PipelineImport = z.output<typeof pipelineImport>;

interface Controls {
  readonly log: RequestLog;
  readonly faults: PendingFaults;
  /** Puts every account back to the seed data. */
  readonly reset: () => void;
  /** Throws if there is no such stage. */
  readonly addRecords: (input: RecordsInput) => void;
  /** Throws if there is no such object type. */
  readonly importPipeline: (input: PipelineImport) => void;
}

const name = z.string().min(1);
const recordsInput = z.strictObject({
  token: name,
  objectType: name,
  pipelineId: name,
  stageId: name,
  recordIds: z.array(z.union([name, z.int().transform(String), z.bigint().transform(String)])).min(1),
});
const pipelineImport = z.strictObject({ token: name, objectType: name, pipeline: importedPipeline });

class BadInput extends Error {}

/** Serves /__sandbox/: what the sandbox was asked, and what it shall do. Bad input is a 400 with `{"error": string}`. */
export function controlApi(app: FastifyInstance, controls: Controls): void {
  void app.register(
    async (api) => {
      parseJsonBodies(api, '*', () => new BadInput('the body is no JSON'));
      api.setReplySerializer(toJson);
      api.setErrorHandler<Error>((error, _request, reply) => {
        void reply.code(error instanceof BadInput ? 400 : 500).send({ error: error.message });
      });
      api.setNotFoundHandler((_request, reply) => void reply.code(404).send({ error: 'No such control endpoint' }));
      serveRequestLog(api, controls);
      serveFaults(api, controls);
      serveAccounts(api, controls);
    },
    { prefix: '/__sandbox' },
  );
}

function serveRequestLog(api: FastifyInstance, { log }: Controls): void {
  api.get('/requests', () => ({ requests: log.entries() }));
  api.delete('/requests', () => {
    log.clear();
    return { requests: [] };
  });
}

function serveFaults(api: FastifyInstance, { faults }: Controls): void {
  api.get('/faults', () => ({ faults: faults.entries() }));
  api.post('/faults', (request) => {
    faults.add(parse(faultRule, request.body));
    return { faults: faults.entries() };
  });
  api.delete('/faults', () => {
    faults.clear();
    return { faults: [] };
  });
}

function serveAccounts(api: FastifyInstance, { reset, addRecords, importPipeline }: Controls): void {
  api.post('/reset', () => {
    reset();
    return { reset: true };
  });
  api.post('/records', (request) => {
    const input = parse(recordsInput, request.body);
    asBadInput(() => addRecords(input));
    return { recordIds: input.recordIds };
  });
  api.post('/pipelines', (request) => {
    const input = parse(pipelineImport, request.body);
    asBadInput(() => importPipeline(input));
    return { pipelineId: input.pipeline.id };
  });
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new BadInput(problems.join('; '));
}

function asBadInput(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
