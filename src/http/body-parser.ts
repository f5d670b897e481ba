import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest, RequestError } from '../graphql/request-error.ts';

/**
 * Takes bodies that are JSON in UTF-8, not compressed, and no others. So no form that a page of another site can send without
 * asking gets as far as GraphQL. What a route finds is the text; {@link createJsonReader} reads it.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      requireReadable(request);
      return done(null, new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch (error) {
      return done(error instanceof RequestError ? error : badRequest(400, 'The body is not UTF-8.'));
    }
  });
}

/** Makes what reads a request's body. Rejects where it is not JSON, or has keys that would reach an object's prototype. */
export function createJsonReader(app: FastifyInstance): (request: FastifyRequest) => Promise<unknown> {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  return (request) =>
    new Promise((resolve, reject) => {
      if (typeof request.body !== 'string') return resolve(request.body);
      void parseJson(request, request.body, (error, value) => (error === null ? resolve(value) : reject(error)));
    });
}

function requireReadable({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw badRequest(415, 'A body with a content-encoding is not taken.');
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (charset.toLowerCase() !== 'utf-8') throw badRequest(415, 'The charset must be utf-8.');
}
