import * as z from 'zod';
import { faultRule } from '../faults/rule.js';
import { readJsonBodies } from '../json-bodies.js';
const name = z.string().min(1);
const recordsInput = z.strictObject({
  token: name,
  objectType: name,
  pipelineId: name,
  stageId: name,
  recordIds: z.array(z.union([name, z.int().transform(String)])).min(1),
});
/** Serves /__sandbox/: what the sandbox was asked, and what it shall do. Bad input is a 400 with `{"error": string}`. */
export function controlApi(app, { log, faults, reset, addRecords }) {
  void app.register(
    async (api) => {
      readJsonBodies(api, () => new BadInput('the body is no JSON'));
      api.setErrorHandler((error, _request, reply) => {
        void reply.code(error instanceof BadInput ? 400 : 500).send({ error: error.message });
      });
      api.setNotFoundHandler((_request, reply) => void reply.code(404).send({ error: 'No such control endpoint' }));
      api.get('/requests', () => ({ requests: log.entries() }));
      api.delete('/requests', () => {
        log.clear();
        return { requests: [] };
      });
      api.post('/reset', () => {
        reset();
        return { reset: true };
      });
      api.get('/faults', () => ({ faults: faults.entries() }));
      api.post('/faults', (request) => {
        faults.add(parse(faultRule, request.body));
        return { faults: faults.entries() };
      });
      api.delete('/faults', () => {
        faults.clear();
        return { faults: [] };
      });
      api.post('/records', (request) => {
        const input = parse(recordsInput, request.body);
        asBadInput(() => addRecords(input));
        return { recordIds: input.recordIds };
      });
    },
    { prefix: '/__sandbox' },
  );
}
class BadInput extends Error {}
function parse(schema, body) {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new BadInput(problems.join('; '));
}
function asBadInput(work) {
  try {
    work();
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
