import { expect, onTestFinished, test } from 'vitest';
import { startReplica } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { hubSpotAt } from '../support/sources.ts';
import { startUpstream } from '../support/test-upstream.ts';
import { toHubSpotPipeline } from '../torture/accounts.ts';
import { toHistory, toResults } from '../torture/bodies.ts';

const list = '{ pipelines(where: { objectTypes: "deals" }) { nodes { pipelineId } failures { code message } } }';
const byKey = (selection: string) => `{ pipelineByKey(objectType: "deals", pipelineId: "p0") { ${selection} } }`;

/** A gateway whose HubSpot answers every read with one text, and every write with another. */
async function open(read: string | ((path: string) => string), refusal = '') {
  const upstream = await startUpstream(({ method, url = '' }, response) => {
    response.writeHead(method === 'GET' ? 200 : 400, { 'content-type': 'application/json' });
    response.end(method === 'GET' ? (typeof read === 'string' ? read : read(url)) : refusal);
  });
  onTestFinished(() => upstream.close());
  const gateway = await startReplica(upstream.url, { sources: (url) => [hubSpotAt(url)] });
  onTestFinished(() => gateway.close());
  return gateway;
}

const pipeline = (id: number) => `{"id":"${id}","label":"A","stages":[]}`;

test('a list with 19 items that cannot be read shows the others, and with 20 it is given up, with the count', async () => {
  const toList = (unreadable: number) => `{"results":[${pipeline(1)}${',0'.repeat(unreadable)},${pipeline(2)}]}`;
  const { data: shown } = await (await open(toList(19))).ask(list);
  expect(shown.pipelines.nodes).toEqual([{ pipelineId: '1' }, { pipelineId: '2' }]);
  expect(shown.pipelines.failures).toHaveLength(19);
  const { data: givenUp } = await (await open(toList(20))).ask(list);
  expect(givenUp.pipelines).toEqual({
    nodes: [],
    failures: [{ code: 'UPSTREAM_CONTRACT', message: '20 of the first 21 pipelines of the list cannot be read.' }],
  });
});

test.each([
  ['millions of zeros', toResults('0', 8_000_000), '20 of the first 20 pipelines of the list cannot be read.'],
  ['millions of objects', toResults('{}', 8_000_000), '20 of the first 20 pipelines of the list cannot be read.'],
  ['more pipelines than any account has', toResults(pipeline(1), 200_000), 'The list has more than 5000 pipelines.'],
  [
    'brackets in brackets',
    `{"results":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
    'The upstream answered in a form that its API does not document.',
  ],
  [
    'one pipeline of zeros',
    `{"results":[{"id":"1","label":"A","stages":[${'0,'.repeat(300_000)}0]}]}`,
    'The upstream answered in a form that its API does not document.',
  ],
])('a list that holds %s is given up, and says so', async (_, text, message) => {
  const { data } = await (await open(text)).ask(list);
  expect(data.pipelines).toEqual({ nodes: [], failures: [{ code: 'UPSTREAM_CONTRACT', message }] });
});

test('stages that cannot be read are given up after 20, with their count, and the pipeline is shown', async () => {
  const text = `{"results":[{"id":"1","label":"A","stages":[${'0,'.repeat(49_999)}0]},${pipeline(2)}]}`;
  const { data } = await (await open(text)).ask(list);
  expect(data.pipelines.nodes).toEqual([{ pipelineId: '1' }, { pipelineId: '2' }]);
  const message = 'Pipeline "A": its 50000 stages cannot be read.';
  expect(data.pipelines.failures).toEqual([{ code: 'UPSTREAM_CONTRACT', message }]);
});

test.each([
  ['long', 'label '.repeat(33_000), 'label '.repeat(84).slice(0, 500)],
  ['so long that it is not read', 'label '.repeat(200_000), 'The upstream refused the request with status 400.'],
])('a refusal whose message is %s has its code, and no more than 500 characters', async (_, message, shown) => {
  const gateway = await open(toHubSpotPipeline(2), JSON.stringify({ message }));
  const { data } = await gateway.ask(byKey('id'));
  const { errors } = await mutate(gateway, 'patchPipeline', { id: data.pipelineByKey.id, label: 'New' });
  expect(errors).toMatchObject([{ code: 'UPSTREAM_REJECTED', message: shown }]);
});

test('a refusal with as many errors and ids as fit into it names the first hundred', async () => {
  const ids = Array.from({ length: 60_000 }, (_, index) => index);
  const body = {
    message: 'no',
    subCategory: 'PipelineError.STAGE_ID_IN_USE',
    context: { objectIds: ids },
    errors: ids,
  };
  const gateway = await open(toHubSpotPipeline(2), JSON.stringify(body));
  const { data } = await gateway.ask(byKey('id'));
  const { errors } = await mutate(gateway, 'patchPipeline', { id: data.pipelineByKey.id, label: 'New' });
  expect(errors).toMatchObject([{ code: 'STAGE_IN_USE' }]);
  expect(errors[0]?.['recordIds']).toHaveLength(100);
});

test('a history of any length is paged through, each entry once', async () => {
  const gateway = await open((path) => (path.endsWith('/audit') ? toHistory(30_000) : toHubSpotPipeline(2)));
  const ask = async (after: string) => {
    const { data, errors } = await gateway.ask(
      byKey(`audit(first: 2${after}) { totalCount nodes { id timestamp } pageInfo { endCursor hasNextPage } }`),
    );
    expect(errors).toBeUndefined();
    return data.pipelineByKey.audit;
  };
  const first = await ask('');
  expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([30_000, true]);
  const second = await ask(`, after: "${first.pageInfo.endCursor}"`);
  const instants = [...first.nodes, ...second.nodes].map(({ timestamp }) => Date.parse(timestamp) - 1_700_000_000_000);
  expect(instants).toEqual([29_999, 29_998, 29_997, 29_996]);
});

test('entries that are alike to the letter keep ids of their own, and a cursor leads on from each', async () => {
  const entry = '{"action":"UPDATE","timestamp":1700000000000,"rawObject":{"label":"A"}}';
  const history = `{"results":[${Array.from({ length: 3_000 }, () => entry).join()}]}`;
  const gateway = await open((path) => (path.endsWith('/audit') ? history : toHubSpotPipeline(2)));
  const ids = new Set<string>();
  for (let after: string | null = null, pages = 0; pages < 7; pages += 1) {
    const cursor: string = after === null ? '' : `, after: "${after}"`;
    const { data } = await gateway.ask(byKey(`audit(first: 500${cursor}) { nodes { id } pageInfo { endCursor } }`));
    for (const { id } of data.pipelineByKey.audit.nodes) ids.add(id);
    after = data.pipelineByKey.audit.pageInfo.endCursor ?? after;
  }
  expect(ids.size).toBe(3_000);
});
