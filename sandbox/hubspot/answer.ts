import type { FastifyReply, FastifyRequest } from 'fastify';
import { toJson } from '../json.ts';
import { ApiError } from './api-error.ts';
import type { toEnvelope } from './api-error.ts';
import { assumptions } from './assumptions.ts';

/** HubSpot's content type, in its own spelling. */
export const jsonType = 'application/json;charset=utf-8';

/** What to answer: a status and, if there is one, a JSON body; `location` is the path of what was made. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
}

/** How the error answers of one API are written. */
export interface ErrorFormat {
  /** The JSON body of an error. */
  readonly toEnvelope: typeof toEnvelope;
  /** The Content-Type of a 404 without a body, null for none. */
  readonly emptyContentType: string | null;
}

/** Sends an answer. */
export function sendAnswer(reply: FastifyReply, { status, body, location }: Answer): FastifyReply {
  if (location !== undefined) void reply.header('location', location);
  void reply.code(status);
  return body === undefined ? reply.send() : sendJson(reply, body);
}

/** Sends what a failed request is answered: an ApiError as it says, anything else as a 500 that tells nothing. */
export function sendError(
  format: ErrorFormat,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, body } = error instanceof ApiError ? error : toApiError(error);
  void reply.code(status);
  if (body === 'empty') return sendEmpty(format, reply);
  if (body === 'negotiated') return acceptsJson(request) ? sendEmpty(format, reply) : sendPage(reply);
  return sendJson(reply, format.toEnvelope(body, request.id));
}

// Whether the client names JSON among the types that it accepts.
function acceptsJson(request: FastifyRequest): boolean {
  return /application\/json/i.test(request.headers.accept ?? '');
}

function toApiError(error: Error & { readonly statusCode?: number }): ApiError {
  const { statusCode = 500 } = error;
  if (statusCode < 500) return new ApiError(statusCode, { message: error.message });
  process.stderr.write(`${error.stack ?? error.message}\n`);
  return new ApiError(500, { message: assumptions.internalErrorMessage, category: null });
}

function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.header('content-type', jsonType).send(toJson(body));
}

function sendEmpty({ emptyContentType }: ErrorFormat, reply: FastifyReply): FastifyReply {
  if (emptyContentType !== null) void reply.header('content-type', emptyContentType);
  return reply.send();
}

function sendPage(reply: FastifyReply): FastifyReply {
  const page = '<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>';
  return reply.header('content-type', 'text/html;charset=utf-8').send(page);
}
