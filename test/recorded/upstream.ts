import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toBodyText } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';

/** A request that reached the upstream. */
interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  // A test knows the shape that it expects.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** An upstream that answers with recorded bodies and nothing else. */
export interface RecordedUpstream {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** The requests that are no reads. */
  writes(): readonly ReceivedRequest[];
}

/** What a request is answered: a case, or a case's answer at another place. */
export type Served = RecordedCase | { readonly at: string; readonly as: RecordedCase };

/**
 * Starts an upstream, and tells `whenDone` how to end it. A request is answered by the case of its method and path. Several
 * such cases answer in their order, the last of them from then on. What was deleted is an empty 404 from then on, and so is
 * anything else. `at` is `METHOD /path`.
 */
export async function startRecordedUpstream(
  served: readonly Served[],
  whenDone: (close: () => Promise<void>) => void,
): Promise<RecordedUpstream> {
  const queues = new Map<string, RecordedCase[]>();
  for (const item of served)
    for (const [place, answer] of toPlaces(item)) queues.set(place, [...(queues.get(place) ?? []), answer]);
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => void answerOne(request, response, queues, requests));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    writes: () => requests.filter(({ method }) => method !== 'GET'),
  };
}

function toPlaces(item: Served): readonly (readonly [string, RecordedCase])[] {
  if ('at' in item) return [[item.at, item.as]];
  const { request, alsoAt = [] } = item;
  return [request.path, ...alsoAt].map((path) => [`${request.method} ${path}`, item]);
}

async function answerOne(
  request: IncomingMessage,
  response: ServerResponse,
  queues: Map<string, RecordedCase[]>,
  requests: ReceivedRequest[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { method = '', headers } = request;
  const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://upstream');
  const query = Object.fromEntries(searchParams);
  requests.push({ method, path, query, headers, body: text === '' ? undefined : JSON.parse(text) });
  const queue = queues.get(`${method} ${path}`) ?? [];
  const answer = queue.length > 1 ? queue.shift() : queue[0];
  if (method === 'DELETE' && answer !== undefined && answer.answer.status < 300) queues.delete(`GET ${path}`);
  response.writeHead(answer?.answer.status ?? 404, answer?.answer.headers ?? {});
  response.end(answer === undefined ? '' : toBodyText(answer));
}
