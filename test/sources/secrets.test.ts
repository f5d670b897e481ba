import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { sourceSettings } from '../../src/sources/index.ts';
import { useFolder } from '../support/folder.ts';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask, startTestGateway } from '../support/gateway.ts';
import type { Answer, TestGateway } from '../support/gateway.ts';
import { toMutation } from '../support/mutate.ts';
import { controlSandbox } from '../support/sandbox-control.ts';
import type { FaultRule, SandboxControl } from '../support/sandbox-control.ts';
import { forwardingHubSpotAt, hubSpotAt } from '../support/sources.ts';
import { refusingUrl } from '../support/stuck-upstreams.ts';

/** Part of everything that is planted, so that one search finds all. */
const folder = useFolder();
const mark = '5ec2e7';
const token = (kind: string) => `tok-${mark}-${kind}`;
const secret = `told-${mark}`;

/** The kinds of sources, each with an object type and ids that its sandbox account has or may have. */
const kinds = {
  hubspot: { objectType: 'deals', pipelineId: 'default', stageId: 'contractsent', meta: { probability: 0.5 } },
  'hubspot-v1': { objectType: 'deals', pipelineId: 'default', stageId: 'contractsent', meta: { probability: 0.5 } },
  organization: {
    objectType: 'Contact',
    pipelineId: 'c'.repeat(24),
    stageId: 'd'.repeat(24),
    meta: { color: '#00FF00' },
  },
} as const;
type Kind = keyof typeof kinds;

/** Every operation that calls an upstream, as a request's body. */
function operations(kind: Kind) {
  const { objectType, pipelineId, stageId, meta } = kinds[kind];
  const key = { sourceName: kind, objectType, pipelineId };
  const id = toPipelineGlobalId(key);
  const stage = toStageGlobalId({ ...key, stageId });
  const stages = [{ label: 'A', meta }];
  const read = (query: string) => ({ query });
  const write = (name: string, input: object, selection = '') => ({
    query: toMutation(name, selection),
    variables: { input },
  });
  return {
    reads: [
      read(
        `{ pipelines(where: { sourceNames: "${kind}" }) { nodes { label } failures { code message correlationId retryAfterSeconds } } }`,
      ),
      read(`{ pipeline(id: "${id}") { label audit { nodes { rawObject message } } } }`),
      read(
        `{ pipelineStageByKey(sourceName: "${kind}", objectType: "${objectType}", stageId: "x") { label audit { totalCount } } }`,
      ),
      read(`{ _entities(representations: [{ __typename: "Pipeline", id: "${id}" }]) { ... on Pipeline { label } } }`),
    ],
    writes: [
      write('createPipeline', { sourceName: kind, objectType, label: 'New', stages }, 'pipeline { label }'),
      write('replacePipeline', { id, label: 'New', stages }, 'pipeline { label } changes { summary }'),
      write('patchPipeline', { id, label: 'New' }, 'pipeline { label }'),
      write('archivePipeline', { id }, 'snapshot { label }'),
      write('createPipelineStage', { pipeline: id, label: 'New', meta }, 'stage { label }'),
      write('replacePipelineStage', { id: stage, label: 'New', displayOrder: 1, meta }, 'stage { label }'),
      write('patchPipelineStage', { id: stage, label: 'New' }, 'stage { label }'),
      write('archivePipelineStage', { id: stage }, 'snapshot { label }'),
    ],
  };
}

const headers = {
  'x-internal': secret,
  'set-cookie': `session=${secret}`,
  'www-authenticate': `Bearer realm="${secret}"`,
  'x-hubspot-auth-failure': secret,
  'x-hubspot-correlation-id': secret,
  'retry-after': secret,
  location: `http://127.0.0.1/${secret}`,
  server: secret,
};

/** An error body with a secret wherever no caller is to see what an upstream says, and the token wherever one does. */
function errorBody(kind: Kind, message: string, more: object = {}) {
  const echo = token(kind);
  return {
    status: 'error',
    message,
    error: message,
    correlationId: secret,
    category: secret,
    policyName: secret,
    requestId: secret,
    links: { knowledge: secret },
    errors: [
      { message: secret, code: secret, context: { requiredGranularScopes: [echo, `${secret} x`], [secret]: [secret] } },
    ],
    context: { stageIds: [`[${echo}, b]`], objectIds: [echo], 'expire time': [secret] },
    [secret]: secret,
    ...more,
  };
}

/** Every fault that there is, with secrets in all that it sends. */
function faults(kind: Kind, isWrite: boolean): readonly FaultRule[] {
  const echo = token(kind);
  const refused = isWrite ? `Not with ${echo}.` : `Not with ${secret}.`;
  const status = (code: number, body: unknown): FaultRule => ({ fault: 'status', status: code, headers, body });
  return [
    ...[400, 404, 409, 418, 422].map((code) => status(code, errorBody(kind, refused))),
    ...['STAGE_ID_IN_USE', 'STAGE_LABEL_EXISTS', 'STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE', 'MISSING_CLOSED_STAGE'].map(
      (name) => status(400, errorBody(kind, refused, { subCategory: `PipelineError.${name}` })),
    ),
    status(400, errorBody(kind, `An active pipeline with label ${echo} already exists.`)),
    status(400, errorBody(kind, refused, { errors: [{ message: secret, in: echo }] })),
    ...[301, 401, 403, 423, 429, 477, 500, 502, 503, 504, 521].map((code) => status(code, errorBody(kind, secret))),
    ...[200, 400, 500].map((code) => status(code, `<html>${secret} ${echo}</html>`)),
    status(200, `{"id": "p", "label": "${secret}`),
    { fault: 'wrong-shape', headers, body: { [secret]: secret, results: secret } },
    { fault: 'truncate', headers },
    { fault: 'empty', headers },
    { fault: 'reset', headers },
    { fault: 'reset', part: 'body', when: 'after', headers },
    { fault: 'hang', headers },
    { fault: 'hang', part: 'body', when: 'after', headers },
    { fault: 'drip', headers },
  ];
}

/** What callers send along that is nobody's business either. */
const callerHeaders = {
  authorization: `Bearer ${secret}`,
  cookie: `session=${secret}`,
  'x-api-key': secret,
  'x-deadline-ms': '250',
};

/** Makes every fault happen to every operation; everything that came back. */
async function provokeAll(url: string, sandbox: SandboxControl, kind: Kind): Promise<readonly Answer[]> {
  const { reads, writes } = operations(kind);
  const match = { token: token(kind) };
  const answers: Answer[] = [];
  const send = async (bodies: readonly object[]) => {
    answers.push(...(await Promise.all(bodies.map((body) => ask(url, body, callerHeaders)))));
  };
  for (const fault of faults(kind, false)) {
    await sandbox.reset();
    await sandbox.fault({ ...fault, match: { ...match, method: 'GET' } });
    await send([...reads, ...writes]);
  }
  await recover(url, sandbox, kind);
  for (const fault of faults(kind, true)) {
    await sandbox.reset();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      await sandbox.fault({ ...fault, match: { ...match, method } });
    await send(writes);
  }
  await recover(url, sandbox, kind);
  return answers;
}

/** A read or a write that hangs while it tries a circuit is waited for, so that what comes next is really sent. */
async function recover(url: string, sandbox: SandboxControl, kind: Kind): Promise<void> {
  await sandbox.reset();
  const { reads, writes } = operations(kind);
  const bodies = [...reads, ...writes];
  await vi.waitFor(
    async () => {
      const answers = await Promise.all(bodies.map((body) => ask(url, body)));
      expect(answers.map(({ text }) => text).join()).not.toContain('UPSTREAM_UNAVAILABLE');
    },
    { timeout: 20_000, interval: 100 },
  );
  await sandbox.reset();
}

/** All of an answer, its headers included, as text. */
const bytesOf = ({ status, headers: received, text }: Answer) => `${status} ${JSON.stringify(received)} ${text}`;

/** Expects nothing planted, and no address of an upstream, in any of the texts. */
function expectNothingTold(texts: readonly string[], upstreams: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toContain(mark);
    for (const upstream of upstreams) expect(text).not.toContain(new URL(upstream).host);
  }
}

let sandbox: Sandbox;
let control: SandboxControl;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  control = controlSandbox(sandbox.url);
});
afterAll(async () => {
  killGateways();
  await sandbox.close();
});

describe.each(Object.keys(kinds) as Kind[])('a source of the kind %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const credential = { mode: 'static', token: token(kind) };
    const settings = sourceSettings.parse({ kind, name: kind, url: sandbox.url, credential });
    // So many faults would leave the circuit open, and the later ones unseen; so would a trial that hangs for long.
    const resilience = { circuitRetryMs: 1 };
    gateway = await startTestGateway({ sources: () => [settings], resilience, deadlineMs: 300 });
  });
  afterAll(() => gateway.close());

  test('a source tells no caller and no log anything of an upstream’s headers, bodies, address or token, whatever goes wrong', async () => {
    const answers = await provokeAll(gateway.url, control, kind);
    expectNothingTold([...answers.map(bytesOf), ...gateway.logLines], [sandbox.url]);
    // The faults did happen: the codes that they lead to are all there.
    const codes = new Set(answers.flatMap(({ text }) => [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code)));
    for (const code of [
      'REJECTED',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'RATE_LIMITED',
      'UNAVAILABLE',
      'TIMEOUT',
      'CONTRACT',
      'OUTCOME_UNKNOWN',
    ]) {
      expect(codes).toContain(`UPSTREAM_${code}`);
    }
    expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
    expect(gateway.logLines.length).toBeGreaterThan(0);
  });

  test('a source shows of a refused write the upstream’s sentence, without the token that it repeats', async () => {
    await control.reset();
    for (const method of ['POST', 'PUT']) {
      const message = `Not with ${token(kind)}, sorry.`;
      await control.fault({
        fault: 'status',
        status: 422,
        match: { token: token(kind), method },
        body: { message, error: message },
      });
    }
    const [create] = operations(kind).writes;
    const { data } = await gateway.ask(create?.query ?? '', create?.variables);
    expect(data.createPipeline.errors).toMatchObject([{ code: 'UPSTREAM_REJECTED', message: 'Not with …, sorry.' }]);
    await control.reset();
  });
});

test('what an upstream adds to a good answer goes no further', async () => {
  const gateway = await startTestGateway({
    sources: () => [hubSpotAt(sandbox.url, { credential: { mode: 'static', token: token('hubspot') } })],
  });
  const stage = { id: 's', label: 'S', metadata: {}, [secret]: secret, createdBy: secret };
  const pipeline = { id: 'p', label: 'P', stages: [stage], createdBy: secret, description: secret, [secret]: secret };
  await control.fault({
    fault: 'wrong-shape',
    headers,
    body: { results: [pipeline, { [secret]: secret }], paging: secret },
  });
  const answer = await gateway.ask(
    '{ pipelines { nodes { id label description createdBy stages { id label meta { ... on GenericStageMeta { raw } } } } failures { message code } } }',
  );
  expect(answer.data.pipelines.nodes).toHaveLength(2);
  expectNothingTold([bytesOf(answer), ...gateway.logLines], [sandbox.url]);
  await gateway.close();
  await control.reset();
});

test('a caller’s own upstream token, and the address of an upstream that refuses connections, appear nowhere', async () => {
  const refusing = await refusingUrl();
  const gateway = await startTestGateway({
    sources: () => [forwardingHubSpotAt(sandbox.url), forwardingHubSpotAt(refusing, { name: 'refusing' })],
  });
  const { reads, writes } = operations('hubspot');
  const answers = [];
  for (const body of [...reads, ...writes, ...operations('hubspot').reads]) {
    answers.push(await ask(gateway.url, body, { 'x-hubspot-token': `Bearer ${token('caller')}` }));
    // No header can carry this token upstream.
    answers.push(await ask(gateway.url, body, { 'x-hubspot-token': `${token('caller')} ${secret}` }));
  }
  answers.push(
    await gateway.ask('{ pipelines { failures { code message } } }', {}, { 'x-hubspot-token': token('caller') }),
  );
  expectNothingTold([...answers.map(bytesOf), ...gateway.logLines], [sandbox.url, refusing]);
  await gateway.close();
});

test('a process writes nothing of an upstream’s headers, bodies, address or token', async () => {
  const credential = { mode: 'static', token: '${PORTAL_TOKEN}' };
  const file = folder.write({ sources: [{ name: 'hubspot', kind: 'hubspot', url: sandbox.url, credential }] });
  const gateway = spawnGateway({
    GATEWAY_SOURCES: file,
    PORTAL_TOKEN: token('hubspot'),
    GATEWAY_DEADLINE_SECONDS: '0.3',
  });
  const { url } = await gateway.ready;
  const answers = await provokeAll(url, control, 'hubspot');
  gateway.child.kill('SIGTERM');
  await gateway.ended;
  expect(answers.length).toBeGreaterThan(300);
  expectNothingTold([...answers.map(bytesOf), gateway.output.stdout, gateway.output.stderr], [sandbox.url]);
});
