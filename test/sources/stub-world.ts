import type { ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../support/gateway.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { startUpstream } from '../support/test-upstream.ts';

/** A request that a stub upstream got. */
export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  /** When it came, by performance.now(). */
  readonly at: number;
}

/** What a stub answers, at once unless it is given later. */
export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const closings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** A HubSpot of a test's own, and a gateway whose callers bring their tokens. */
interface StubWorld {
  readonly gateway: TestGateway;
  readonly requests: readonly StubRequest[];
  readonly requestsOf: (token: string) => readonly StubRequest[];
  readonly inFlight: () => number;
  /** Somebody with a token. */
  readonly open: (token: string) => StubCaller;
}

interface StubCaller {
  /** The error of a look-up by itself, or `answer`. */
  read(pipelineId: string, headers?: Record<string, string>): Promise<Outcome>;
  /** The same of a pipeline's history. */
  readAudit(pipelineId: string, headers?: Record<string, string>): Promise<Outcome>;
  readList(headers?: Record<string, string>): Promise<Outcome>;
  circuit(): Promise<string>;
  readonly ask: TestGateway['ask'];
}

/** What became of a read. */
interface Outcome {
  readonly code: string;
  readonly retryAfterSeconds?: number;
}

type Answer = (request: StubRequest) => StubAnswer | Promise<StubAnswer>;

/** Starts one whose upstream answers as `answer` says; null leaves a request without any. */
export async function startStubWorld(
  answer: (request: StubRequest) => ReturnType<Answer> | null,
  { settings = {}, ...options }: TestGatewayOptions & { readonly settings?: object } = {},
): Promise<StubWorld> {
  const requests: StubRequest[] = [];
  const upstream = await startUpstream(({ method = '', url = '', headers }, response) => {
    const token = (headers.authorization ?? '').slice('Bearer '.length);
    const request = { method, path: url, token, at: performance.now() };
    requests.push(request);
    const given = answer(request);
    if (given !== null) void Promise.resolve(given).then((ready) => respond(request, ready, response));
  });
  const gateway = await startTestGateway({ sources: () => [forwardingHubSpotAt(upstream.url, settings)], ...options });
  closings.push(
    () => gateway.close(),
    () => upstream.close(),
  );
  return {
    gateway,
    requests,
    requestsOf: (token) => requests.filter((request) => request.token === token),
    inFlight: upstream.inFlight,
    open: (token) => openCaller(gateway, token),
  };
}

function openCaller(gateway: TestGateway, token: string): StubCaller {
  const ask: TestGateway['ask'] = (query, variables, headers) =>
    gateway.ask(query, variables, { 'x-hubspot-token': token, ...headers });
  const outcome = async (query: string, headers: Record<string, string> = {}): Promise<Outcome> => {
    const { data, errors } = await ask(query, {}, { 'cache-control': 'no-cache', ...headers });
    const failure = errors?.[0]?.extensions ?? data.pipelines?.failures[0];
    return (failure as Outcome | undefined) ?? { code: 'answer' };
  };
  const byKey = (id: string, selection: string) =>
    `{ pipelineByKey(sourceName: "hubspot", objectType: "deals", pipelineId: "${id}") { ${selection} } }`;
  return {
    ask,
    read: (id, headers) => outcome(byKey(id, 'id'), headers),
    readAudit: (id, headers) => outcome(byKey(id, 'id audit(first: 1) { nodes { id } }'), headers),
    readList: (headers) =>
      outcome('{ pipelines(where: { objectTypes: ["deals"] }) { failures { code retryAfterSeconds } } }', headers),
    async circuit() {
      const { data } = await ask('{ pipelineSources { status { circuit } } }');
      return data.pipelineSources[0].status.circuit;
    },
  };
}

function respond(
  { path }: StubRequest,
  { status = 200, headers = {}, body }: StubAnswer,
  response: ServerResponse,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body ?? (status === 200 ? toAnswer(path) : { status: 'error' })));
}

const stages = [{ id: 'a', label: 'A', displayOrder: 0, metadata: { probability: '0.5' } }];

/** What HubSpot would answer if it had every pipeline that it is asked for. */
function toAnswer(path: string): object {
  const [, id = '', part] = /\/deals(?:\/([^/?]+))?(?:\/(\w+))?/.exec(path) ?? [];
  if (part === 'audit') return { results: [] };
  if (id === '') return { results: [{ id: 'p', label: 'P', displayOrder: 0, stages }] };
  return { id, label: id, displayOrder: 0, archived: false, stages };
}
