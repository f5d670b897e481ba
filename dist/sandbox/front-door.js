import { readBearerToken } from './bearer-token.js';
import { pause } from './faults/pause.js';
import { playFault } from './faults/play.js';
import { splitUrl } from './request-log.js';
// Headers of a message in transit, not of what it says; Node writes its own.
const ofTransit = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
/** Lets requests in: notes each, makes it wait, and either hands it on or has a fault befall it. Control requests pass. */
export function frontDoor(door, handler) {
  return (request, response) => {
    if (splitUrl(request.url ?? '').path.startsWith('/__sandbox/')) return handler(request, response);
    door.log.note(request, response);
    // A connection that ends in the middle of a fault is how some faults are meant to end.
    letIn(door, handler, request, response).catch(() => response.destroy());
    return undefined;
  };
}
async function letIn({ faults, latencyMs, app }, handler, request, response) {
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
async function applyRequest(app, request) {
  const payload = [];
  for await (const chunk of request) payload.push(chunk);
  const answer = await app.inject({
    method: request.method,
    url: request.url ?? '/',
    headers: withoutTransit(request.headers),
    payload: Buffer.concat(payload),
  });
  return { status: answer.statusCode, headers: withoutTransit(answer.headers), body: answer.rawPayload };
}
function withoutTransit(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTransit.has(name)));
}
