import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { listen } from './listen.ts';

/** A body, as JSON makes it. */
// A test knows the shape that it expects.
// eslint-disable-next-line typescript/no-explicit-any
export type Json = any;

/** A request that changes something. */
interface Write {
  readonly method: string;
  readonly path: string;
  readonly body: Json;
}

/** What an API answers to a request: a status, and a body if there is one. */
export type Reply = readonly [status: number, body?: Json];

/** An account at an upstream that keeps what it is sent to the letter, so that what the gateway sends shows. */
export interface VerbatimUpstream {
  readonly url: string;
  readonly writes: Write[];
  close(): Promise<void>;
}

/** Starts an upstream whose API is `answer`: given the method, the path's segments, the query and the body. */
export async function startVerbatimUpstream(
  answer: (method: string, path: readonly string[], query: URLSearchParams, body: Json) => Reply,
): Promise<VerbatimUpstream> {
  const writes: Write[] = [];
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://upstream');
      const { method = '' } = request;
      if (method !== 'GET') writes.push({ method, path, body });
      const segments = path.split('/').slice(1).map(decodeURIComponent);
      const [status, reply] = answer(method, segments, searchParams, body);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(reply === undefined ? '' : printVerbatim(reply));
    });
  });
  return { url: await listen(server), writes, close: async () => void server.close() };
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : parseVerbatim(text);
}

/** What JSON's parser and printer can do that TypeScript does not know yet. */
interface VerbatimJson {
  parse(text: string, reviver: (name: string, value: Json, context: { readonly source: string }) => Json): Json;
  rawJSON(text: string): object;
}

const verbatimJson = JSON as unknown as VerbatimJson;

/** JSON in which a number that JavaScript would print otherwise is `{ $number: … }`. */
function parseVerbatim(text: string): Json {
  return verbatimJson.parse(text, (_name, value, { source }) =>
    typeof value === 'number' && String(value) !== source ? { $number: source } : value,
  );
}

function printVerbatim(value: Json): string {
  return JSON.stringify(value, (_name, each: Json) =>
    typeof each?.$number === 'string' ? verbatimJson.rawJSON(each.$number) : each,
  );
}
