import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { readBearerToken } from './bearer-token.ts';
import { injectFault } from './fault-injection/inject-fault.ts';
import type { BufferedAnswer } from './fault-injection/inject-fault.ts';
import { pause } from './fault-injection/pause.ts';
import type { PendingFaults } from './fault-injection/pending-faults.ts';
import { splitUrl } from './request-log.ts';
import type { RequestLog } from './request-log.ts';
import { unappliedHeader } from './unapplied.ts';

interface Interception {
  readonly log: RequestLog;
  readonly faults: PendingFaults;
  /** How long every request waits before it is looked at. */
  readonly latencyMs: number;
  /** What answers the requests; known only after the server is made. */
  readonly app: () => FastifyInstance;
}

// Headers of a message in transit, not of what it says; Node writes its own.
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'date',
]);

/**
 * Wraps the listener of all requests but those of the control API: each is logged and waits the latency. Then it goes on
 * to the listener, or a fault is injected.
 */
export function interceptRequests(interception: Interception, listener: RequestListener): RequestListener {
  return (request, response) => {
    if (splitUrl(request.url ?? '').path.startsWith('/__sandbox/')) return listener(request, response);
    interception.log.append(request, response);
    // A connection that ends in the middle of a fault is how some faults are meant to end.
    intercept(interception, listener, request, response).catch(() => response.destroy());
    return undefined;
  };
}

async function intercept(
  { faults, latencyMs, app }: Interception,
  listener: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path } = splitUrl(request.url ?? '/');
  const token = readBearerToken(request.headers.authorization);
  const rule = faults.take({ method: request.method ?? '', path, token });
  if (latencyMs > 0 && !(await pause(latencyMs, response))) return;
  if (rule === undefined) return listener(request, response);
  if (rule.fault === 'latency' && rule.when === 'before') {
    if (await pause(rule.ms ?? 1000, response)) listener(request, response);
    return;
  }
  await injectFault(rule, { request, response, path, forward: (applied) => forward(app(), request, applied) });
}

async function forward(app: FastifyInstance, request: IncomingMessage, applied: boolean): Promise<BufferedAnswer> {
  const payload: Buffer[] = [];
  for await (const chunk of request) payload.push(chunk as Buffer);
  const answer = await app.inject({
    method: request.method as 'GET',
    url: request.url ?? '/',
    headers: { ...endToEnd(request.headers), ...(applied ? {} : { [unappliedHeader]: 'yes' }) },
    payload: Buffer.concat(payload),
  });
  return { status: answer.statusCode, headers: endToEnd(answer.headers), body: answer.rawPayload };
}

function endToEnd(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}
