import { randomInt } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { request } from 'undici';
import { startSandbox } from '../../sandbox/server.ts';
import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { connectSources } from '../../src/sources/connect.ts';
import { createRandom } from '../storm/random.ts';
import type { Random } from '../storm/random.ts';
import { createTestServer, keptForAMinute } from '../support/gateway.ts';
import { pino } from 'pino';
import { controlSandbox } from '../support/sandbox-control.ts';
import type { SandboxControl } from '../support/sandbox-control.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));
const steps = 300;
const tokens = ['ann', 'bob'];
const stageFields = ['id', 'stageId', 'label', 'displayOrder', 'outcome', 'archived', 'revision', 'pipeline { label }'];
const stageMeta =
  'meta { __typename ... on DealStageMeta { probability isClosed } ... on TicketStageMeta { ticketState } }';
const pipelineFields = [
  'id',
  'label',
  'displayOrder',
  'archived',
  'revision',
  'updatedAt',
  'findings { rule message }',
  'source { name apiVersion }',
  'readAt',
];

const pipelineIds = ['default', 'none'];
const toId = (pipelineId: string) => toPipelineGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId });
const stageId = toStageGlobalId({
  sourceName: 'hubspot',
  objectType: 'deals',
  pipelineId: 'default',
  stageId: 'closedwon',
});

/** Some of the fields, each perhaps under another name or left out by a directive. */
function select(fields: readonly string[], random: Random): string {
  const chosen = Array.from({ length: random.between(1, 3) }, () => random.pick(fields));
  return [...new Set(chosen)]
    .map((field) => (random.chance(0.2) ? `other${field.replace(/\W.*/s, '')}: ${field}` : field))
    .map((field) => (random.chance(0.2) && !field.includes('{') ? `${field} @include(if: $yes)` : field))
    .join(' ');
}

function selectPipeline(random: Random): string {
  const stages = random.chance(0.5) ? `stages { ${select([...stageFields, stageMeta], random)} }` : '';
  return `${select(pipelineFields, random)} ${stages}`;
}

const roots: readonly ((random: Random) => string)[] = [
  (random) => `pipeline(id: "${toId(random.pick(pipelineIds))}") { ${selectPipeline(random)} }`,
  (random) => `pipelines(where: { objectTypes: ["deals"] }) { totalCount nodes { ${selectPipeline(random)} } }`,
  (random) =>
    `pipelines(where: $where) { pageInfo { endCursor } failures { code } nodes { ${selectPipeline(random)} } }`,
  (random) => `pipelineStage(id: "${stageId}") { ${select(stageFields, random)} }`,
  (random) =>
    `_entities(representations: $of) { ... on Pipeline { ${select(pipelineFields, random)} } ... on Stage { ${select(stageFields, random)} } }`,
  () => 'pipelineSources { name objectTypes { name } }',
  () => 'viewer { canWrite }',
];

function makeRequest(random: Random): { readonly query: string; readonly variables: object } {
  const chosen = Array.from({ length: random.between(1, 2) }, (_, n) => `r${n}: ${random.pick(roots)(random)}`);
  return {
    query: `query ($yes: Boolean = true, $where: PipelineFilter, $of: [_Any!]! = []) { ${chosen.join(' ')} a: __typename @include(if: $yes) b: __typename @skip(if: $yes) c: pipelines(where: $where, first: 0) { totalCount } d: _entities(representations: $of) { __typename } }`,
    variables: {
      yes: random.chance(0.5),
      where: { objectTypes: [random.pick(['deals', 'tickets'])], labelContains: random.pick(['', 'e']) },
      of: Array.from({ length: random.between(0, 2) }, () =>
        random.pick([
          { __typename: 'Pipeline', id: toId(random.pick(pipelineIds)) },
          { __typename: 'Stage', id: stageId },
        ]),
      ),
    },
  };
}

const stageIds = ['closedwon', 'closedlost', 'contractsent'].map((each) =>
  toStageGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default', stageId: each }),
);
const families = ['label', 'label revision outcome pipeline { label }', 'label @include(if: $yes) displayOrder'];

/** A choice of entities, as routers ask for them: ever new ones with one of a few selections. */
function makeChoice(random: Random): { readonly query: string; readonly variables: object } {
  const fields = random.pick(families);
  const of = Array.from({ length: random.between(1, 4) }, () =>
    random.chance(0.3)
      ? { __typename: 'Pipeline', id: toId('default') }
      : random.chance(0.05)
        ? { __typename: 'Stage', id: random.pick(['none', 7]) }
        : { __typename: 'Stage', id: random.pick(stageIds) },
  );
  const query = `query ($of: [_Any!]!, $yes: Boolean = true) { all: _entities(representations: $of) { kind: __typename @include(if: $yes) ... on Pipeline { label } ... on Stage { ${fields} } } }`;
  return { query, variables: { of, ...(random.chance(0.3) ? { yes: false } : {}) } };
}

/** A server that keeps answers, and one that computes each of them; what they read they share. */
async function startServers(): Promise<{ readonly urls: readonly [string, string]; readonly sandbox: SandboxControl }> {
  const sandbox = await startSandbox({ port: 0 });
  closings.push(() => sandbox.close());
  const connected = connectSources([forwardingHubSpotAt(sandbox.url)], {
    cache: { ...keptForAMinute, throughMs: 0 },
    circuitRetryMs: 1,
    redisUrl: null,
    deadlineMs: 10_000,
    log: pino({ level: 'silent' }),
  });
  closings.push(() => connected.close());
  const start = async (megabytes: string): Promise<string> => {
    const server = await createTestServer(connected.sources, { env: { GATEWAY_ANSWERS_MEGABYTES: megabytes } });
    closings.push(() => server.close(0));
    return server.listen({ host: '127.0.0.1', port: 0 });
  };
  return { urls: [await start('8'), await start('0')], sandbox: controlSandbox(sandbox.url) };
}

async function ask(url: string, body: object, headers: Record<string, string>) {
  const answer = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { 'content-type': type, 'cache-control': cacheControl, vary } = answer.headers;
  return { status: answer.statusCode, type, cacheControl, vary, text: await answer.body.text() };
}

/** What stands behind readAt is when something was read, which a look at the same thing by another server moves. */
const withoutTimes = (answer: Awaited<ReturnType<typeof ask>>) => ({
  ...answer,
  text: answer.text.replaceAll(/"(other)?readAt":"[^"]*"/g, '"readAt"'),
});

test(`a kept answer is what would be computed, whatever was asked and written before, with SEED=${seed}`, async () => {
  const random = createRandom(seed);
  const { urls, sandbox } = await startServers();
  const known = Array.from({ length: 25 }, () => makeRequest(random));
  for (let step = 0; step < steps; step += 1) {
    const token = random.pick(tokens);
    const label = `Label ${step}`;
    const write = random.pick(['outside', 'through the gateway', ...Array<string>(10).fill('none')]);
    if (write === 'outside') {
      await sandbox.call('PATCH', '/crm/pipelines/2026-09/deals/default', token, { label });
    } else if (write === 'through the gateway') {
      const query = `mutation { patchPipeline(input: { id: "${toId('default')}", label: "${label}" }) { errors { code } } }`;
      await ask(random.pick(urls), { query }, { 'x-hubspot-token': token });
    }
    const bodies = random.chance(0.2) ? Array.from({ length: 6 }, () => makeChoice(random)) : [random.pick(known)];
    const headers: Record<string, string> = { 'x-hubspot-token': token };
    if (random.chance(0.1)) headers['cache-control'] = 'no-cache';
    if (random.chance(0.3)) headers['accept'] = 'application/graphql-response+json';
    for (const body of bodies) {
      const kept = await ask(urls[0], body, headers);
      // What was read a moment ago is what is computed from.
      delete headers['cache-control'];
      const computed = await ask(urls[1], body, headers);
      expect(withoutTimes(kept), JSON.stringify({ step, body })).toEqual(withoutTimes(computed));
    }
  }
  const metrics = await (await request(`${urls[0]}/metrics`)).body.text();
  for (const result of ['hit', 'confirmed', 'assembled']) {
    expect(Number(new RegExp(`kept_answers_total{result="${result}"} (\\d+)`).exec(metrics)?.[1])).toBeGreaterThan(0);
  }
}, 120_000);
