import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest, RequestError } from '../graphql/request-error.ts';

/**
 * Takes bodies that are JSON in UTF-8, not compressed, and no others. So no form that a page of another site can send without
 * asking gets as far as GraphQL. Keys that would reach an object's prototype are refused.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    let text: string;
    try {
      requireReadable(request);
      text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch (error) {
      return done(error instanceof RequestError ? error : badRequest(400, 'The body is not UTF-8.'));
    }
    return parseJson(request, text, done);
  });
}

function requireReadable({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw badRequest(415, 'A body with a content-encoding is not taken.');
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (charset.toLowerCase() !== 'utf-8') throw badRequest(415, 'The charset must be utf-8.');
}
