// A HubSpot that only reads, as fast as Node can: every answer is made before it is asked for.
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listPath, makeAccount } from './account.ts';
import type { StubSettings } from './stub-settings.ts';

const settings = JSON.parse(process.argv[2] ?? '') as StubSettings;
const account = makeAccount(settings);
const answers = new Map([
  [listPath, toBytes({ results: account })],
  ...account.map((pipeline) => [`${listPath}/${pipeline.id}`, toBytes(pipeline)] as const),
]);
let requests = 0;

const server = createServer((request, response) => {
  requests += 1;
  request.resume();
  const answer = answers.get(request.url ?? '');
  const send = (): void => (answer === undefined ? sendNothing(response) : sendAnswer(response, answer));
  if (settings.latencyMs === 0) send();
  else setTimeout(send, settings.latencyMs);
});
server.keepAliveTimeout = 600_000;
process.on('message', (question) => void (question === 'requests' && process.send?.({ requests })));
server.listen(0, '127.0.0.1', () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function toBytes(body: object): Buffer {
  return Buffer.from(JSON.stringify(body));
}

function sendAnswer(response: ServerResponse, answer: Buffer): void {
  const body = settings.changing ? withNumber(answer) : answer;
  response
    .writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': body.length })
    .end(body);
}

/** A field that nobody knows, so that no two answers have the same bytes, and all have the same meaning. */
function withNumber(answer: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`{"served":${requests},`), answer.subarray(1)]);
}

function sendNothing(response: ServerResponse): void {
  response.writeHead(404, { 'content-length': 0 }).end();
}
