import { describe, expect, test } from 'vitest';
import { openCaller } from '../support/caller.ts';
import { invalidInput, mutate, problemsOf } from '../support/mutate.ts';
import { deals, salesPipelineId } from '../support/seed.ts';
import { dealStage, expectUndisturbed, twoHubSpots } from '../support/two-hubspots.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway(twoHubSpots);

describe.concurrent('hostile text', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['a prototype’s key', '__proto__'],
    ['a method’s name', 'hasOwnProperty'],
    ['a way out of the path', '../../../../__sandbox/reset'],
    ['an encoded way out', '%2e%2e%2f%2e%2e'],
    ['a query', 'x?validateReferencesBeforeDelete=false&a=b#c'],
    ['a header', 'x\r\nAuthorization: Bearer other'],
    ['a request of its own', 'x HTTP/1.1\r\nHost: a\r\n\r\nDELETE / HTTP/1.1'],
    ['a NUL', 'x\0y'],
    ['half a character', 'x\udfff'],
    ['a host', '//127.0.0.1:1/x'],
    ['a variable', '${HUBSPOT_TOKEN}'],
    ['a script', '<script>alert(1)</script>'],
    ['a database’s language', "'; DROP TABLE pipelines; --"],
    ['a pattern', '(a+)+$'],
    ['right-to-left text', '\u202eevil\u2066'],
    ['a hundred thousand characters', 'x'.repeat(100_000)],
  ];
  const queries = [
    'query ($text: ID!) { pipeline(id: $text) { label } }',
    'query ($text: ID!) { pipelineStage(id: $text) { label } }',
    'query ($text: String!) { pipelineSource(name: $text) { name } }',
    'query ($text: String!) { pipelineByKey(sourceName: $text, objectType: "deals", pipelineId: "x") { label } }',
    'query ($text: String!) { pipelineByKey(objectType: $text, pipelineId: "x") { label } }',
    'query ($text: String!) { pipelineByKey(objectType: "tickets", pipelineId: $text) { label } }',
    'query ($text: String!) { pipelineStageByKey(objectType: "tickets", stageId: $text) { label } }',
    'query ($text: String!) { pipelines(after: $text) { totalCount } }',
    'query ($text: String!) { pipelines(where: { sourceNames: [$text] }) { totalCount } }',
    'query ($text: String!) { pipelines(where: { objectTypes: [$text] }) { totalCount } }',
    'query ($text: String!) { pipelines(where: { pipelineIds: [$text] }) { totalCount } }',
    'query ($text: String!) { pipelines(where: { labelContains: $text }) { totalCount } }',
    `query ($text: String!) { pipeline(id: "${salesPipelineId}") { audit(after: $text) { totalCount } } }`,
  ];
  const base = '/crm/pipelines/2026-09/';

  test.each(hostile)('%s as any argument of a query reaches no other path, and breaks nothing', async (_, text) => {
    const caller = openCaller(gateway);
    for (const query of queries) {
      const { status, errors = [] } = await caller.ask(query, { text });
      expect(status).toBe(200);
      for (const { extensions } of errors) expect(extensions['code']).toBe('BAD_USER_INPUT');
    }
    const entity = (__typename: string, key: object) => ({ __typename, ...deals, objectType: 'tickets', ...key });
    const of = [
      ...['Pipeline', 'Stage'].map((name) => ({ __typename: name, id: text })),
      { __typename: 'PipelineSource', name: text },
      ...['sourceName', 'objectType', 'pipelineId'].map((field) =>
        entity('Pipeline', { pipelineId: 'x', [field]: text }),
      ),
      ...['sourceName', 'objectType', 'stageId'].map((field) => entity('Stage', { stageId: 'x', [field]: text })),
    ];
    const { data, errors } = await caller.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
      { of },
    );
    expect({ data, errors }).toEqual({ data: { _entities: of.map(() => null) }, errors: undefined });
    for (const { path, method } of await caller.requests()) {
      expect(method).toBe('GET');
      expect(path).toMatch(/^\/crm\/pipelines\/2026-09\/[\w-]+(\/[^/]+)?$/);
    }
  });

  test.each(hostile)('%s as any text of a mutation is either refused or exactly what is stored', async (_, text) => {
    const caller = openCaller(gateway);
    const stages = [{ label: 'A', meta: { ticketState: 'CLOSED' } }, { label: 'B' }];
    const input = { objectType: 'tickets', label: 'New', displayOrder: 1, stages };
    const creates = [
      { ...input, sourceName: text },
      { ...input, objectType: text },
      { ...input, label: text },
      { ...input, label: 'One', pipelineId: text },
      { ...input, label: 'Two', stages: [{ ...stages[0], stageId: text }] },
      { ...input, label: 'Three', stages: [stages[0], { label: text }] },
    ];
    const fields = 'pipeline { label pipelineId stages { stageId label } }';
    for (const create of creates) {
      const { pipeline, errors } = await mutate(caller, 'createPipeline', create, fields);
      if (errors.length > 0)
        expect(problemsOf(errors).every((problem) => problem.startsWith('INVALID_INPUT '))).toBe(true);
      else expect(JSON.stringify(pipeline)).toContain(JSON.stringify(text));
    }
    for (const [name, more] of Object.entries({
      patchPipeline: {},
      archivePipeline: {},
      patchPipelineStage: {},
      archivePipelineStage: {},
      replacePipelineStage: { displayOrder: 1 },
      replacePipeline: { stages: [dealStage] },
    })) {
      const label = name.startsWith('archive') ? {} : { label: 'x' };
      const { errors } = await mutate(caller, name, { id: text, ...label, ...more });
      expect(problemsOf(errors)).toEqual(invalidInput('id'));
    }
    for (const { path, query } of await caller.requests()) {
      expect(path.startsWith(`${base}tickets`)).toBe(true);
      expect(query).toBe('');
    }
  });
});

test('hostile text leaves nothing unexpected in the log, and the gateway as it was', () => expectUndisturbed(gateway));
