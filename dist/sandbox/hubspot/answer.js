import { assumptions } from './assumptions.js';
import { Refusal } from './refusal.js';
/** HubSpot's content type, in its own spelling. */
export const jsonType = 'application/json;charset=utf-8';
/** Sends an answer. */
export function sendAnswer(reply, { status, body, location }) {
  if (location !== undefined) void reply.header('location', location);
  void reply.code(status);
  return body === undefined ? reply.send() : sendJson(reply, body);
}
/** Sends what a failed request is answered: a refusal as it says, anything else as a 500 that tells nothing. */
export function sendFailure(form, error, request, reply) {
  const refusal = error instanceof Refusal ? error : toRefusal(error);
  void reply.code(refusal.status);
  if (refusal.body === 'empty') return sendEmpty(form, reply);
  if (refusal.body === 'as a read') return acceptsJson(request) ? sendEmpty(form, reply) : sendPage(reply);
  return sendJson(reply, form.toEnvelope(refusal.body, request.id));
}
// Whether the client names JSON among the types that it accepts.
function acceptsJson(request) {
  return /application\/json/i.test(request.headers.accept ?? '');
}
function toRefusal(error) {
  const { statusCode = 500 } = error;
  if (statusCode < 500) return new Refusal(statusCode, { message: error.message });
  process.stderr.write(`${error.stack ?? error.message}\n`);
  return new Refusal(500, { message: assumptions.internalErrorMessage, category: null });
}
function sendJson(reply, body) {
  return reply.header('content-type', jsonType).send(JSON.stringify(body));
}
function sendEmpty({ emptyType }, reply) {
  if (emptyType !== null) void reply.header('content-type', emptyType);
  return reply.send();
}
function sendPage(reply) {
  const page = '<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>';
  return reply.header('content-type', 'text/html;charset=utf-8').send(page);
}
