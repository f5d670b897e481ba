import type { FastifyInstance } from 'fastify';
import { parseJson } from './json.ts';

/** Makes the routes read bodies as JSON, a DELETE's too; an empty one is undefined, and bad JSON throws `malformed()`. */
export function parseJsonBodies(
  routes: FastifyInstance,
  contentType: '*' | 'application/json',
  malformed: () => Error,
): void {
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser(contentType, { parseAs: 'string' }, async (_request: unknown, text: string) => {
    if (text.trim() === '') return undefined;
    try {
      return parseJson(text);
    } catch {
      throw malformed();
    }
  });
}
