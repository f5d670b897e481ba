import { beforeEach, describe, expect, test } from 'vitest';
import { readFile } from '../support/documentation.ts';
import { useGateway } from '../support/use-gateway.ts';

const page = readFile('docs/clients.md');

/** A block of JavaScript of the page, by the file name in its first line, as a module. */
async function load(name: string) {
  const [, code] = new RegExp(`^\`\`\`js\\n// ${RegExp.escape(name)}\\n(.*?)^\`\`\``, 'ms').exec(page) ?? [];
  if (code === undefined) throw new Error(`The page has no ${name}.`);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

const { ask } = await load('ask.js');
const { mergePipelines } = await load('merge-pipelines.js');
const { applyWrite } = await load('apply-write.js');
const { toNextStep } = await load('next-step.js');

const gateway = useGateway();
const list = `{ pipelines(first: 500) {
  nodes { id label sourceName objectType } failures { sourceName objectType code } totalCount
} }`;
const toUrl = () => `${gateway.url}/graphql`;
const readList = async () => (await ask(toUrl(), list)).data.pipelines;
const write = async (name: string, input: object, selection = 'pipeline { id label sourceName objectType }') => {
  const query = `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) {
    ${name}(input: $input) { ${selection} errors { __typename code path mayHaveBeenApplied ... on PipelineRateLimitedError { retryAfterSeconds } } }
  }`;
  return (await ask(toUrl(), query, { input })).data[name];
};
const labelsOf = (pipelines: readonly { label: string }[]) => pipelines.map(({ label }) => label).toSorted();

describe('the recipes of docs/clients.md', () => {
  beforeEach(() => gateway.sandbox.reset());

  test('a request has its data and its errors', async () => {
    expect(await ask(toUrl(), '{ viewer { canRead } }')).toEqual({ data: { viewer: { canRead: true } }, errors: [] });
    expect(await ask(toUrl(), '{ nothing }')).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  test('what is shown of a part that failed stays, and what is gone of the others goes', async () => {
    const whole = await readList();
    const gone = { ...whole.nodes[0], id: 'gone' };
    await gateway.sandbox.fault({ fault: 'status', status: 500, match: { path: '/deals$' } });
    const partial = await readList();
    expect(partial.failures.length).toBeGreaterThan(0);
    expect(partial.totalCount).toBeLessThan(whole.totalCount);
    const ofTickets = { ...gone, objectType: 'tickets' };
    const merged = mergePipelines([...whole.nodes, ofTickets], partial);
    expect(labelsOf(merged)).toEqual(labelsOf(whole.nodes));
    expect(mergePipelines([...whole.nodes, ofTickets], whole)).toEqual(whole.nodes);
  });

  test('a list follows a creation and an archive', async () => {
    const { nodes } = await readList();
    const stages = [{ label: 'A', meta: { probability: 1 } }];
    const created = await write('createPipeline', { sourceName: 'hubspot', objectType: 'deals', label: 'New', stages });
    const more = applyWrite(nodes, created);
    expect(labelsOf(more)).toEqual(labelsOf((await readList()).nodes));
    const archived = await write('archivePipeline', { id: created.pipeline.id }, 'archivedId');
    expect(labelsOf(applyWrite(more, archived))).toEqual(labelsOf((await readList()).nodes));
  });

  test('each error asks for what the page says', async () => {
    const { nodes } = await readList();
    const { id } = nodes.find(({ sourceName }: { sourceName: string }) => sourceName === 'hubspot');
    const next = async (input: object) => toNextStep((await write('patchPipeline', { id, ...input })).errors[0]);
    expect(await next({ label: '' })).toEqual({ kind: 'show at field', field: 'label' });
    expect(await next({ label: 'X', ifRevision: 'old' })).toEqual({ kind: 'show both versions' });
    await gateway.sandbox.fault({ fault: 'status', status: 500, match: { method: 'PATCH' }, times: 1 });
    expect(await next({ label: 'X' })).toEqual({ kind: 'reload' });
    await gateway.sandbox.fault({ fault: 'status', status: 429, headers: { 'retry-after': '60' } });
    expect(await next({ label: 'Y' })).toEqual({ kind: 'wait', seconds: expect.any(Number) });
  });
});
