import { expect, test } from 'vitest';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway();

/** The text in every place of a read that an upstream's path or query could be made of. */
const read = `query ($text: String!, $id: ID!) {
  pipeline(id: $id) { id }
  pipelineStage(id: $id) { id }
  pipelineDiff(a: $id, b: $id) { summary }
  pipelineSource(name: $text) { name }
  bySource: pipelineByKey(sourceName: $text, objectType: "deals", pipelineId: "default") { id }
  byType: pipelineByKey(sourceName: "hubspot", objectType: $text, pipelineId: "default") { id }
  byId: pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: $text) { id }
  byOrganizationId: pipelineByKey(sourceName: "organization", objectType: "Contact", pipelineId: $text) { id }
  byStage: pipelineStageByKey(sourceName: "hubspot-v1", objectType: "deals", stageId: $text) { id }
  pipelines(where: { sourceNames: ["organization"], pipelineIds: [$text], labelContains: $text }) { totalCount }
  _entities(representations: [{ __typename: "Pipeline", sourceName: "hubspot", objectType: "deals", pipelineId: $text }]) { __typename }
}`;

/** The text in every place of a write. */
const write = `mutation ($text: String!, $id: ID!) {
  archivePipeline(input: { id: $id, moveRecordsTo: $id }) { errors { code } }
  archivePipelineStage(input: { id: $id }) { errors { code } }
  patchPipeline(input: { id: $id, label: $text }) { errors { code } }
  createPipeline(input: { sourceName: "hubspot", objectType: "tickets", label: $text, pipelineId: $text,
    stages: [{ label: $text, stageId: $text, meta: { ticketState: CLOSED } }] }) { pipeline { id stages { id } } errors { code } }
}`;

const texts = [
  '',
  '.',
  '..',
  '../../evil',
  '..%2f..%2fevil',
  '%2e%2e/evil',
  '/evil',
  '//evil.example/x',
  'http://evil.example/',
  '\\\\evil\\x',
  'default?limit=1',
  'default#x',
  'default;x=1',
  'a@evil.example',
  'a\r\nx-evil: 1',
  'a\n\nGET /evil HTTP/1.1',
  'a\0b',
  '%00',
  '\ud800',
  '\u202e\u{1f3ca}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '${process.env.HOME}',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  'x'.repeat(5000),
];

test.each(texts)('%j in every id and text reaches no other path, and is no surprise', async (text) => {
  await gateway.sandbox.emptyLog();
  const ids = [text, Buffer.from(JSON.stringify([1, 'pipeline', 'hubspot', 'deals', text])).toString('base64url')];
  for (const id of ids) {
    for (const query of [read, write]) {
      const { status, errors = [] } = await gateway.ask(query, { text, id });
      expect(status).toBe(200);
      expect(errors.map(({ extensions }) => extensions['code'])).not.toContain('INTERNAL_SERVER_ERROR');
    }
  }
  for (const { path, query } of await gateway.sandbox.requests()) {
    expect(path).toMatch(/^\/(crm\/pipelines\/2026-09|crm-pipelines\/v1\/pipelines|api\/pipelines)(\/|$)/);
    const segments = path.split('/').map(decodeURIComponent);
    expect(segments.filter((segment) => segment === '.' || segment === '..')).toEqual([]);
    expect(segments.length).toBeLessThan(10);
    expect(query).not.toContain('limit=1');
  }
  expect(gateway.logLines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

test.each(['x-deadline-ms', 'x-request-id', 'x-api-key', 'authorization', 'cache-control', 'traceparent'])(
  'anything in the header %s comes neither through to an upstream’s path nor as a header of the answer',
  async (name) => {
    for (const value of ['../../evil', 'a, b', '%0d%0ax-evil:1', '";=', 'x'.repeat(5000), '\u00e9']) {
      const { status, headers } = await gateway.ask('{ __typename }', {}, { [name]: value });
      expect([200, 400]).toContain(status);
      expect(Object.values(headers).join()).not.toContain(value);
    }
  },
);
