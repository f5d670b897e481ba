import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';
import type { toEnvelope } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { Answer } from './call.ts';

/** HubSpot's content type, in its own spelling. */
export const jsonType = 'application/json;charset=utf-8';

/** How the error answers of one API are written. */
export interface ErrorForm {
  /** The JSON body of a refusal. */
  readonly toEnvelope: typeof toEnvelope;
  /** The Content-Type of a 404 without a body, null for none. */
  readonly emptyType: string | null;
}

/** Sends an answer. */
export function sendAnswer(reply: FastifyReply, { status, body, location }: Answer): FastifyReply {
  if (location !== undefined) void reply.header('location', location);
  void reply.code(status);
  return body === undefined ? reply.send() : sendJson(reply, body);
}

/** Sends what a failed request is answered: a refusal as it says, anything else as a 500 that tells nothing. */
export function sendFailure(form: ErrorForm, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof ApiError ? error : toRefusal(error);
  void reply.code(refusal.status);
  if (refusal.body === 'empty') return sendEmpty(form, reply);
  if (refusal.body === 'as a read') return acceptsJson(request) ? sendEmpty(form, reply) : sendPage(reply);
  return sendJson(reply, form.toEnvelope(refusal.body, request.id));
}

// Whether the client names JSON among the types that it accepts.
function acceptsJson(request: FastifyRequest): boolean {
  return /application\/json/i.test(request.headers.accept ?? '');
}

function toRefusal(error: Error & { readonly statusCode?: number }): ApiError {
  const { statusCode = 500 } = error;
  if (statusCode < 500) return new ApiError(statusCode, { message: error.message });
  process.stderr.write(`${error.stack ?? error.message}\n`);
  return new ApiError(500, { message: assumptions.internalErrorMessage, category: null });
}

function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.header('content-type', jsonType).send(JSON.stringify(body));
}

function sendEmpty({ emptyType }: ErrorForm, reply: FastifyReply): FastifyReply {
  if (emptyType !== null) void reply.header('content-type', emptyType);
  return reply.send();
}

function sendPage(reply: FastifyReply): FastifyReply {
  const page = '<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>';
  return reply.header('content-type', 'text/html;charset=utf-8').send(page);
}
