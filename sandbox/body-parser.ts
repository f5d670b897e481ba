import type { FastifyInstance } from 'fastify';

/** Makes the routes read any body as JSON, a DELETE's too; none at all is undefined, and what is no JSON fails as `malformed` says. */
export function readJsonBodies(routes: FastifyInstance, malformed: () => Error): void {
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, text: string): Promise<unknown> => {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw malformed();
    }
  });
}
