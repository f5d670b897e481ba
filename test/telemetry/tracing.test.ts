import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';
import { toPipelineId } from '../support/seed.ts';
import { refusingUrl } from '../support/stuck-upstreams.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly status: { readonly code?: number };
}

const [server, client, failed] = [2, 3, 2];
const traceId = '0af7651916cd43dd8448eb211c80319c';
const callerSpanId = 'b7ad6b7169203331';
const id = toPipelineId('odd-5ec2e7');
const query = `query Two($id: ID!) { pipeline(id: $id) { label } pipelines(where: { objectTypes: "tickets" }) { totalCount } }`;

/** What reached the collector, and the headers that reached the upstream. */
const exports: { readonly path: string; readonly body: string }[] = [];
const upstreamHeaders: IncomingHttpHeaders[] = [];

const collector = createServer((request, response) => {
  void text(request).then((body) => {
    exports.push({ path: request.url ?? '', body });
    response.setHeader('content-type', 'application/json').end('{}');
  });
});
const upstream = createServer((request, response) => {
  upstreamHeaders.push(request.headers);
  // Not one that is tried again.
  response.statusCode = request.url?.includes('odd') === true ? 400 : 200;
  response.setHeader('content-type', 'application/json').end('{"results": []}');
});

const attributesOf = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

afterAll(() => {
  killGateways();
  collector.close();
  upstream.close();
});

describe('spans', () => {
  let spans: readonly Span[];
  let operation: Span | undefined;
  let logged: string;

  beforeAll(async () => {
    const gateway = spawnGateway({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${await listen(collector)}/`,
      HUBSPOT_URL: await listen(upstream),
      HUBSPOT_TOKEN: 'token-5ec2e7',
    });
    const { url } = await gateway.ready;
    const traceparent = `00-${traceId}-${callerSpanId}-01`;
    await ask(url, { query, variables: { id } }, { traceparent, baggage: 'account=5ec2e7' });
    // What is not sent yet is sent before the end.
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toEqual({ code: 0, signal: null });
    logged = gateway.output.stderr;
    spans = exports.flatMap(({ body }) =>
      JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: Span[] }[] }) =>
        resource.scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
    operation = spans.find(({ kind }) => kind === server);
  });

  test('a gateway with a collector sends one span for the operation and one for each upstream request, none for a field', () => {
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'GET /crm/pipelines/{version}/{objectType}',
      'GET /crm/pipelines/{version}/{objectType}/{pipelineId}',
      'query Two',
    ]);
    expect(exports[0]?.path).toBe('/v1/traces');
    expect(exports[0]?.body).toContain('{"key":"service.name","value":{"stringValue":"pipeline-gateway"}}');
  });

  test('a gateway with a collector goes on with the caller’s trace, which the log names, too', () => {
    expect(spans.map((span) => span.traceId)).toEqual(spans.map(() => traceId));
    expect(operation?.parentSpanId).toBe(callerSpanId);
    expect(logged).toContain(`"traceId":"${traceId}"`);
  });

  test('a gateway with a collector hands the trace on to the upstream, each request in its own span, and nothing else that the caller sent', () => {
    const requests = spans.filter(({ kind }) => kind === client);
    expect(requests.map(({ parentSpanId }) => parentSpanId)).toEqual(requests.map(() => operation?.spanId));
    expect(new Set(upstreamHeaders.map(({ traceparent }) => traceparent))).toEqual(
      new Set(requests.map(({ spanId }) => `00-${traceId}-${spanId}-01`)),
    );
    expect(upstreamHeaders.map(({ baggage }) => baggage)).toEqual([undefined, undefined]);
  });

  test('a span says what became of its request, and never an id, a token or an address', () => {
    const request = spans.find(({ name }) => name.endsWith('{pipelineId}'));
    expect(request?.status.code).toBe(failed);
    expect(attributesOf(request!)).toEqual({
      'http.request.method': 'GET',
      'url.template': '/crm/pipelines/{version}/{objectType}/{pipelineId}',
      'pipeline_gateway.source': 'hubspot',
      'http.response.status_code': 400,
      'error.type': 'UPSTREAM_REJECTED',
    });
    expect(operation?.status.code).toBe(failed);
    expect(attributesOf(operation!)).toEqual({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Two',
      'error.type': 'UPSTREAM_REJECTED',
    });
    expect(JSON.stringify(spans)).not.toMatch(/5ec2e7|127\.0\.0\.1/);
  });
});

test('a gateway whose collector takes nothing says so in its log, without a word of the collector’s', async () => {
  const refusing = createServer((_, response) => response.writeHead(400).end('5ec2e7'));
  const gateway = spawnGateway({
    OTEL_EXPORTER_OTLP_ENDPOINT: await listen(refusing),
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=5ec2e7',
    OTEL_BSP_SCHEDULE_DELAY: '10',
  });
  const { url } = await gateway.ready;
  expect((await ask(url, { query: '{ __typename }' })).status).toBe(200);
  await vi.waitFor(() => expect(gateway.output.stderr).toContain('"msg":"spans may have been lost"'), 10_000);
  expect(gateway.output.stderr).not.toContain('5ec2e7');
  gateway.child.kill('SIGTERM');
  expect(await gateway.ended).toEqual({ code: 0, signal: null });
  refusing.close();
});

test('a gateway whose collector is gone answers and ends all the same', async () => {
  const gateway = spawnGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: await refusingUrl() });
  const { url } = await gateway.ready;
  expect((await ask(url, { query: '{ __typename }' })).status).toBe(200);
  gateway.child.kill('SIGTERM');
  expect(await gateway.ended).toEqual({ code: 0, signal: null });
});

test('a gateway without a collector never loads the SDK', async () => {
  const report = `
    import { createRequire } from 'node:module';
    const { cache } = createRequire('file:///');
    process.on('exit', () => console.log('SDK', Object.keys(cache).some((path) => path.includes('sdk-trace'))));`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, 'src/main.ts'];
  const gateway = spawnGateway({}, args);
  await gateway.ready;
  gateway.child.kill('SIGTERM');
  await gateway.ended;
  expect(gateway.output.stdout).toMatch(/^SDK false$/m);

  const traced = spawnGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: await refusingUrl() }, args);
  await traced.ready;
  traced.child.kill('SIGTERM');
  await traced.ended;
  expect(traced.output.stdout).toMatch(/^SDK true$/m);
});
