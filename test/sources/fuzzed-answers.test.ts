import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sourceSettings } from '../../src/sources/index.ts';
import { startReplica } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startUpstream } from '../support/test-upstream.ts';
import type { TestUpstream } from '../support/test-upstream.ts';
import { toHubSpotPipeline } from '../torture/accounts.ts';
import { operations } from './faults/operations.ts';
import type { Subject } from './faults/operations.ts';

/** What the upstream answers to every request. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const good: Reply = { status: 200, headers: {}, body: toHubSpotPipeline(2) };
const kinds = ['hubspot', 'hubspot-v1', 'organization'] as const;
const objectTypes = { hubspot: ['deals'], 'hubspot-v1': ['deals'], organization: ['Contact'] };
let reply = good;
let upstream: TestUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startUpstream((_, response) => {
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
  });
  const credential = { mode: 'forward', header: 'x-hubspot-token' };
  gateway = await startReplica(upstream.url, {
    sources: (url) =>
      kinds.map((kind) => sourceSettings.parse({ kind, name: kind, url, credential, objectTypes: objectTypes[kind] })),
    resilience: { circuitRetryMs: 1 },
  });
});
afterAll(async () => {
  await gateway.close();
  upstream.close();
});

const name = fc.constantFrom('id', '_id', 'pipelineId', 'stageId', 'label', 'name', 'type', 'default', 'isActive');
const part = fc.constantFrom(
  'stages',
  'pipelineStages',
  'pipelineStageIds',
  'metadata',
  'results',
  'message',
  'errors',
);
const more = fc.constantFrom('context', 'objectIds', 'rawObject', 'timestamp', 'action', 'displayOrder', 'updatedAt');
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(null, true, '', '\u0000', 'p0', '2026-01-01T00:00:00Z', -1, 1e300, 'UPDATE', 'x'.repeat(20_000)),
);
/** Values with the names that upstreams use, in places where they use them and where they do not. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(name, part, more), tie('value'), { maxKeys: 6 }),
  ),
}));
const deep = fc.nat(200_000).map((depth) => `{"results":${'['.repeat(depth)}${']'.repeat(depth)}}`);
const wide = fc
  .tuple(
    fc.oneof(
      fc.constant('0'),
      value.map((item) => JSON.stringify(item)),
    ),
    fc.integer({ min: 1, max: 30_000 }),
  )
  .map(([item, count]) => `{"results":[${`${item.slice(0, 200)},`.repeat(count)}${item.slice(0, 200)}]}`);
const cut = fc.tuple(value, fc.nat(50)).map(([whole, length]) => JSON.stringify(whole).slice(0, -length));
const body = fc.oneof(
  { weight: 5, arbitrary: value.map((whole) => JSON.stringify(whole)) },
  { weight: 3, arbitrary: value.map((results) => JSON.stringify({ results: [results] })) },
  fc.string(),
  deep,
  wide,
  cut,
);
const text = fc.stringMatching(/^[0-9abc,;=\- "%]{0,12}$/);
const headers = fc.record(
  {
    'retry-after': fc.oneof(text, fc.constantFrom('0', '1', '3, 3', '-5', '1e9', 'Wed, 25 Nov 2026 00:00:00 GMT')),
    'content-type': fc.constantFrom('application/json', 'text/html', ''),
    'x-hubspot-correlation-id': text,
    'x-hubspot-ratelimit-max': fc.oneof(text, fc.nat(200).map(String)),
    'x-hubspot-ratelimit-remaining': text,
    'x-hubspot-ratelimit-interval-milliseconds': text,
    date: text,
  },
  { requiredKeys: [] },
);
const status = fc.oneof(
  fc.constant(200),
  fc.constantFrom(201, 301, 400, 401, 403, 404, 409, 410, 423, 429, 477, 500, 502, 503, 504, 523),
  fc.integer({ min: 205, max: 599 }).filter((code) => code !== 304),
);

/** Codes that any answer may end in: the circuit opens, and a machine may be slow. */
const always = ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_OUTCOME_UNKNOWN', 'UNSUPPORTED'];

function toAllowed({ status: code }: Reply): readonly string[] {
  if (code < 300) {
    const asked = ['answer', 'null', 'NOT_FOUND', 'UPSTREAM_CONTRACT', 'INVALID_INPUT', 'LABEL_TAKEN', 'ID_TAKEN'];
    return [...always, ...asked, 'LIMIT_EXCEEDED', 'UPSTREAM_REJECTED', 'STAGE_IN_USE'];
  }
  if (code < 400) return [...always, 'UPSTREAM_CONTRACT'];
  if (code === 401) return [...always, 'UPSTREAM_UNAUTHENTICATED'];
  if (code === 403) return [...always, 'UPSTREAM_FORBIDDEN'];
  if (code === 429) return [...always, 'UPSTREAM_RATE_LIMITED'];
  if (code >= 500) return [...always, 'STAGE_IN_USE'];
  const refused = [
    'answer',
    'UPSTREAM_REJECTED',
    'null',
    'NOT_FOUND',
    'STAGE_IN_USE',
    'LABEL_TAKEN',
    'ID_TAKEN',
    'INVALID_INPUT',
  ];
  return [...always, ...refused];
}

let callers = 0;
function toSubject(kind: Subject['kind'], deadlineMs: number): Subject {
  callers += 1;
  const token = `fuzz-${callers}`;
  return {
    kind,
    sourceName: kind,
    token,
    pipelineId: 'p0',
    sandbox: gateway.sandbox,
    ask: (query, variables = {}) =>
      gateway.ask(query, variables, { 'x-hubspot-token': token, 'x-deadline-ms': String(deadlineMs) }),
  };
}

test('whatever an upstream answers, every operation ends with a code that fits, and none is a defect', async () => {
  const choice = fc.record({ status, headers, body, kind: fc.constantFrom(...kinds), number: fc.nat() });
  await fc.assert(
    fc.asyncProperty(choice, async ({ kind, number, ...next }) => {
      reply = next;
      const possible = operations.filter(({ isForAll }) => isForAll || kind === 'hubspot');
      const operation = possible[number % possible.length];
      const outcome = await operation?.run(toSubject(kind, 1_000));
      expect(toAllowed(next), `${operation?.name} at ${kind}`).toContain(outcome?.answer);
    }),
    { numRuns: 120, interruptAfterTimeLimit: 90_000 },
  );
  expect(gateway.logLines.filter((line) => Number(JSON.parse(line).level) >= 50)).toEqual([]);
  reply = good;
  await vi.waitFor(() => expect(upstream.inFlight()).toBe(0), 10_000);
  const query = '{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "p0") { stages { label } } }';
  await vi.waitFor(async () => {
    const { data } = await toSubject('hubspot', 5_000).ask(query);
    expect(data.pipelineByKey.stages).toHaveLength(2);
  }, 20_000);
}, 150_000);
