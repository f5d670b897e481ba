import type { FastifyInstance } from 'fastify';
import { noStore } from '../graphql/cache-control.ts';
import { judgedHeaders } from './csrf.ts';

/** What every answer has that says nothing else of itself: nobody keeps it, and it is what its type says. */
export const privateHeaders = { 'cache-control': noStore, 'x-content-type-options': 'nosniff' } as const;

/** What an answer of /graphql depends on beside its URL and its body: who asks, by which page, and in which way. */
const decidingHeaders = [
  'accept',
  'accept-encoding',
  'authorization',
  'x-api-key',
  'x-gateway-sdl-secret',
  'cache-control',
  'x-deadline-ms',
  ...judgedHeaders,
];

/**
 * Keeps every answer from the caches that several callers share, and from being taken for another type than its own. An
 * answer that allows more says so itself. `Vary` names all that decides one of /graphql, for caches that do as they like.
 */
export function keepAnswersPrivate(app: FastifyInstance, credentialHeaders: readonly string[]): void {
  const deciding = [...new Set([...decidingHeaders, ...credentialHeaders])];
  const all = deciding.join(', ');
  const always = Object.entries(privateHeaders);
  app.addHook('onSend', (request, reply, _, done) => {
    for (const [name, value] of always) {
      if (!reply.hasHeader(name)) void reply.header(name, value);
    }
    if (isGraphql(request.url)) {
      const present = reply.getHeader('vary');
      void reply.header('vary', present === undefined ? all : merge(present, deciding));
    }
    done();
  });
}

function isGraphql(url: string): boolean {
  return url.startsWith('/graphql') && (url.length === 8 || url[8] === '?');
}

function merge(header: unknown, names: readonly string[]): string {
  const present = typeof header === 'string' ? header.split(/\s*,\s*/) : [];
  const lower = new Set(present.map((name) => name.toLowerCase()));
  return [...present, ...names.filter((name) => !lower.has(name))].join(', ');
}
