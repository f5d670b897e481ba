import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { readBearerToken } from './bearer-token.ts';
import { playFault } from './fault-injection/inject-fault.ts';
import type { WholeAnswer } from './fault-injection/inject-fault.ts';
import { pause } from './fault-injection/pause.ts';
import type { FaultList } from './fault-injection/pending-faults.ts';
import { splitUrl } from './request-log.ts';
import type { RequestLog } from './request-log.ts';

interface FrontDoor {
  readonly log: RequestLog;
  readonly faults: FaultList;
  /** How long every request waits before it is looked at. */
  readonly latencyMs: number;
  /** What does the requests; known only after the server is made. */
  readonly app: () => FastifyInstance;
}

// Headers of a message in transit, not of what it says; Node writes its own.
const ofTransit: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'date',
]);

/** Lets requests in: notes each, makes it wait, and either hands it on or has a fault befall it. Control requests pass. */
export function frontDoor(door: FrontDoor, handler: RequestListener): RequestListener {
  return (request, response) => {
    if (splitUrl(request.url ?? '').path.startsWith('/__sandbox/')) return handler(request, response);
    door.log.note(request, response);
    // A connection that ends in the middle of a fault is how some faults are meant to end.
    letIn(door, handler, request, response).catch(() => response.destroy());
    return undefined;
  };
}

async function letIn(
  { faults, latencyMs, app }: FrontDoor,
  handler: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path } = splitUrl(request.url ?? '/');
  const token = readBearerToken(request.headers.authorization);
  const rule = faults.take({ method: request.method ?? '', path, token });
  if (latencyMs > 0 && !(await pause(latencyMs, response))) return;
  if (rule === undefined) return handler(request, response);
  if (rule.fault === 'latency' && rule.when === 'before') {
    if (await pause(rule.ms ?? 1000, response)) handler(request, response);
    return;
  }
  await playFault(rule, { request, response, path, apply: () => applyRequest(app(), request) });
}

async function applyRequest(app: FastifyInstance, request: IncomingMessage): Promise<WholeAnswer> {
  const payload: Buffer[] = [];
  for await (const chunk of request) payload.push(chunk as Buffer);
  const answer = await app.inject({
    method: request.method as 'GET',
    url: request.url ?? '/',
    headers: withoutTransit(request.headers),
    payload: Buffer.concat(payload),
  });
  return { status: answer.statusCode, headers: withoutTransit(answer.headers), body: answer.rawPayload };
}

function withoutTransit(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTransit.has(name)));
}
