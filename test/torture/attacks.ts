import type { Attack } from './attack.ts';
import { toHubSpotList, toHubSpotPipeline } from './accounts.ts';
import { answering, send } from './answers.ts';
import { toHistory, toResults } from './bodies.ts';
import { neighbours } from './neighbours.ts';
import { askAll, asking, list, readCode } from './questions.ts';
import type { Target, Upstream } from './target.ts';

const megabyte = 1024 * 1024;
const unlimited = { GATEWAY_MAX_COST: String(Number.MAX_SAFE_INTEGER) };
const byKey = (selection: string) => `{ pipelineByKey(objectType: "deals", pipelineId: "p0") { ${selection} } }`;
const nested = byKey(`${'stages { pipeline { '.repeat(4)}id${' } }'.repeat(4)}`);
const everything = list(`id label description displayOrder archived createdAt updatedAt source { name kind }
  stages { id stageId label displayOrder archived createdAt updatedAt outcome writePermissions pipeline { id label }
    meta { __typename ... on DealStageMeta { probability isClosed raw } } }`);
const allTypes = `__schema { types { name kind fields { name args { name type { name ofType { name } } } type { name } } } }`;

/** Every attack, the most dangerous first. */
export const attacks: readonly Attack[] = [
  {
    name: 'stages of pipelines of stages, 100⁴ objects, refused before it runs',
    upstream: answering(toHubSpotPipeline(100)),
    run: asking(nested),
    expected: 'OPERATION_TOO_COMPLEX',
  },
  {
    name: 'the same, refused while it runs',
    env: unlimited,
    upstream: answering(toHubSpotPipeline(100)),
    run: asking(nested),
    expected: 'OPERATION_TOO_COMPLEX',
  },
  {
    name: 'long labels under 200 aliases, more bytes than an answer may have',
    upstream: answering(toHubSpotList(100, 100, 'x'.repeat(200))),
    run: asking(list(`stages { ${Array.from({ length: 190 }, (_, index) => `a${index}: label`).join(' ')} }`)),
    expected: 'OPERATION_TOO_COMPLEX',
  },
  {
    name: '40 times the whole schema',
    run: asking(`{ ${Array.from({ length: 40 }, (_, index) => `s${index}: ${allTypes}`).join(' ')} }`),
    upstream: answering('{}'),
    expected: 'OPERATION_TOO_COMPLEX',
  },
  {
    name: 'the largest legal account: 100 pipelines of 100 stages, all fields',
    upstream: answering(toHubSpotList(100, 100)),
    run: asking(everything),
    expected: 'OK',
  },
  {
    name: 'the same in a body of 15 MB',
    upstream: answering(toHubSpotList(100, 100, 'x'.repeat(1_250))),
    run: asking(list('id stages { id }')),
    expected: 'OK',
  },
  ...[15.8, 2].map((megabytes) => ({
    name: `a list of ${megabytes} MB of zeros`,
    upstream: answering(toResults('0', megabytes * megabyte)),
    run: asking(list('id')),
    expected: 'UPSTREAM_CONTRACT',
  })),
  ...['{}', '[]', '{"id":"1","label":""}', '"\\u0000"', '1234567890123456789'].map((item) => ({
    name: `a list of 15 MB of ${item}`,
    upstream: answering(toResults(item, 15 * megabyte)),
    run: asking(list('id')),
    expected: 'UPSTREAM_CONTRACT',
  })),
  {
    name: '7 MB of brackets in brackets',
    upstream: answering(`{"results":${'['.repeat(3_500_000)}${']'.repeat(3_500_000)}}`),
    run: asking(list('id')),
    expected: 'UPSTREAM_CONTRACT',
  },
  {
    name: 'a pipeline with 15 MB of zeros as stages',
    upstream: answering(`{"id":"p0","label":"A","stages":${toResults('0', 15 * megabyte).slice(11, -1)}}`),
    run: asking(byKey('stages { id }')),
    expected: 'UPSTREAM_CONTRACT',
  },
  ...[
    ['a refusal of 200 kB', 'stage label '.repeat(17_000)],
    ['a refusal of 15 MB', 'label " '.repeat(2_000_000)],
    ['a refusal of 200 kB in spaces', ' '.repeat(200_000)],
  ].map(([name = '', message]) => ({
    name,
    upstream: refusing({ message, errors: [] }),
    run: patching,
    expected: 'UPSTREAM_REJECTED',
  })),
  {
    name: 'a refusal with a million errors',
    upstream: refusing({ message: 'no', errors: Array.from({ length: 1_000_000 }, () => 0) }),
    run: patching,
    expected: 'UPSTREAM_REJECTED',
  },
  {
    name: 'a history of 150,000 entries',
    env: { GATEWAY_DEADLINE_SECONDS: '60' },
    upstream: (request, response) =>
      send(response, 200, request.url?.endsWith('/audit') === true ? toHistory(150_000) : toHubSpotPipeline(3)),
    run: asking(byKey('audit(first: 20) { totalCount nodes { id changes { summary } } }')),
    expected: 'OK',
  },
  {
    name: 'a rate limit of 999,999,999',
    upstream: (_, response) => {
      for (const part of ['max', 'remaining']) response.setHeader(`x-hubspot-ratelimit-${part}`, '999999999');
      response.setHeader('x-hubspot-ratelimit-interval-milliseconds', '10000');
      send(response, 200, toHubSpotList(1, 3));
    },
    run: (target) => askAll(target, list('id'), 40),
    expected: 'OK',
  },
  {
    name: 'long labels in a store of 1 MB, for 100 callers',
    env: { GATEWAY_STORE_MEGABYTES: '1' },
    upstream: answering(toHubSpotList(10, 20, 'x'.repeat(5_000))),
    run: (target) => askAll(target, list('id'), 100),
    expected: 'OK',
  },
  {
    name: '10,000 callers, each of whom comes once',
    env: { GATEWAY_STORE_MEGABYTES: '1' },
    upstream: answering(toHubSpotList(1, 3)),
    run: (target) => askAll(target, list('id'), 10_000),
    expected: 'OK',
  },
  ...neighbours,
];

function refusing(body: object): Upstream {
  const text = JSON.stringify(body);
  return ({ method }, response) =>
    method === 'GET' ? send(response, 200, toHubSpotPipeline(3)) : send(response, 400, text);
}

async function patching(target: Target): Promise<string> {
  const id = Buffer.from('[1,"pipeline","hubspot","deals","p0"]').toString('base64url');
  const query = 'mutation ($input: PatchPipelineInput!) { patchPipeline(input: $input) { errors { code } } }';
  const answer = await target.ask(query, { input: { id, label: 'New' } });
  return answer.data?.patchPipeline?.errors[0]?.code ?? readCode(answer);
}
