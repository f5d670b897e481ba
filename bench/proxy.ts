// The floor: a reverse proxy over undici that pipes the upstream's answer, and knows nothing of GraphQL.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

const upstream = new Pool(process.env['HUBSPOT_URL'] ?? '');

const server = createServer((request, response) => {
  request.resume();
  const options = { path: request.url ?? '/', method: 'GET', opaque: response } as const;
  // `stream` copies each chunk to the response as it comes, which is the cheapest way that undici has.
  upstream
    .stream(options, ({ statusCode, headers, opaque }) => {
      const length = Number(headers['content-length']);
      return opaque.writeHead(statusCode, { 'content-type': 'application/json', 'content-length': length });
    })
    .catch(() => response.destroy());
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
