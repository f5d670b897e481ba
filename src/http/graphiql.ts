import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { noStore } from '../graphql/cache-control.ts';
import { packageFolder } from '../package/package.ts';

/** Where `npm run build:graphiql` leaves the page and, in `assets`, the files that it loads. */
const buildFolder = new URL('dist-graphiql/', packageFolder);

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

const headers = {
  // Monaco writes its theme into style elements, and two fonts are data: URLs in GraphiQL's own style sheet.
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
};

/**
 * Serves GraphiQL at /graphiql; says how to build it where that was not done. Its files are read once, and each is a
 * route of its own, so that no path leads anywhere else.
 */
export function addGraphiql(app: FastifyInstance, folder: URL = buildFolder): void {
  const files = readBuild(folder);
  if (files === null) {
    app.get('/graphiql', (_, reply) =>
      reply.code(404).type('text/plain; charset=utf-8').send('GraphiQL is not built. Run: npm run build:graphiql\n'),
    );
    return;
  }
  app.get('/graphiql', (_, reply) => send(reply, 'text/html; charset=utf-8', noStore, files.page));
  app.get('/graphiql/', (_, reply) => reply.redirect('/graphiql', 301));
  for (const [name, content] of files.assets) {
    const type = contentTypes[extname(name)] ?? 'application/octet-stream';
    // The name holds a hash of the content, so that what it names never changes.
    app.get(`/graphiql/assets/${name}`, (_, reply) =>
      send(reply, type, 'public, max-age=31536000, immutable', content),
    );
  }
}

function send(reply: FastifyReply, type: string, cacheControl: string, content: Buffer): FastifyReply {
  return reply
    .headers({ ...headers, 'cache-control': cacheControl })
    .type(type)
    .send(content);
}

function readBuild(folder: URL): { readonly page: Buffer; readonly assets: ReadonlyMap<string, Buffer> } | null {
  const assets = new URL('assets/', folder);
  try {
    return {
      page: readFileSync(new URL('index.html', folder)),
      assets: new Map(readdirSync(assets).map((name) => [name, readFileSync(new URL(name, assets))])),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
