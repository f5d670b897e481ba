import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { defaultError } from '../default-error.ts';
import { toJson } from '../json.ts';
import type { FaultRule } from './fault-rule.ts';
import { pause } from './pause.ts';

/** An answer that is whole in memory. */
export interface BufferedAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

interface FaultyExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  /** Has the request answered by the API that it was sent to; `applied` says whether what it changes is kept. */
  forward(applied: boolean): Promise<BufferedAnswer>;
}

type Fault = (rule: FaultRule, exchange: FaultyExchange, answer: BufferedAnswer) => void | Promise<void>;

const hugeBytes = 100 * 1024 * 1024;
const html = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>';
const defaultPauseMs = { latency: 1000, drip: 50 };

const faults: Readonly<Record<FaultRule['fault'], Fault>> = {
  status: (rule, exchange) => send(exchange, toStatusAnswer(rule, exchange.path)),
  latency: async (rule, exchange, answer) => {
    if (await pause(rule.ms ?? defaultPauseMs.latency, exchange.response)) send(exchange, answer);
  },
  reset: (rule, { request, response }, answer) =>
    rule.part === 'body' ? startBody(response, answer, () => request.socket.destroy()) : void request.socket.destroy(),
  // Nothing more is ever sent; the connection ends when the client, or the sandbox, ends it.
  hang: (rule, { response }, answer) => (rule.part === 'body' ? startBody(response, answer) : undefined),
  drip,
  html: (rule, exchange, { headers }) =>
    send(exchange, { status: rule.status ?? 200, headers: typed(rule, headers, 'text/html'), body: toBytes(html) }),
  truncate: (_rule, exchange, answer) => send(exchange, { ...answer, body: firstHalf(answer.body) }),
  empty: (rule, exchange, answer) =>
    send(exchange, { ...answer, status: rule.status ?? answer.status, body: Buffer.alloc(0) }),
  'wrong-shape': (rule, exchange, { status, headers }) =>
    send(exchange, {
      status: rule.status ?? (status === 204 ? 200 : status),
      headers: typed(rule, headers, 'application/json'),
      body: toBytes(rule.body ?? { unexpected: true }),
    }),
  huge: async (rule, { response }, { headers }) => {
    response.writeHead(rule.status ?? 200, typed(rule, headers, 'application/json'));
    await pipeline(Readable.from(hugeBody()), response);
  },
  // The API answered as if it had done what it was asked.
  unapplied: (_rule, exchange, answer) => send(exchange, answer),
};

/** Answers the request with the rule's fault, after it was forwarded to its API if the rule says so. */
export async function injectFault(rule: FaultRule, exchange: FaultyExchange): Promise<void> {
  const answer = rule.when === 'after' ? await exchange.forward(rule.fault !== 'unapplied') : placeholderAnswer(rule);
  await faults[rule.fault](rule, exchange, { ...answer, headers: { ...answer.headers, ...rule.headers } });
}

// What a fault works on if the request is not to reach its API.
function placeholderAnswer(rule: FaultRule): BufferedAnswer {
  const body = toBytes(rule.body ?? { results: [], note: 'This answer stands in for one that was never made.' });
  return { status: rule.status ?? 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body };
}

function toStatusAnswer(rule: FaultRule, path: string): BufferedAnswer {
  const status = rule.status ?? 500;
  const usual = defaultError(path, status);
  const headers = { ...usual.headers, ...rule.headers };
  return { status, headers, body: toBytes(rule.body ?? usual.body) };
}

function send({ response }: FaultyExchange, { status, headers, body }: BufferedAnswer): void {
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, hasBody ? { ...headers, 'content-length': body.length } : headers);
  response.end(hasBody ? body : undefined);
}

// Promises the whole body and sends half of it. If there is no body to break off in, not even the headers go out.
function startBody(response: ServerResponse, { status, headers, body }: BufferedAnswer, then?: () => void): void {
  if (body.length === 0) return then?.();
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(firstHalf(body), () => then?.());
}

async function drip(
  rule: FaultRule,
  { response }: FaultyExchange,
  { status, headers, body }: BufferedAnswer,
): Promise<void> {
  const size = status === 204 ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...size });
  response.flushHeaders();
  for (const byte of body) {
    if (!(await pause(rule.ms ?? defaultPauseMs.drip, response))) return;
    response.write(Buffer.of(byte));
  }
  response.end();
}

function* hugeBody(): Generator<string> {
  const item = `{"id":"0","label":"${'a'.repeat(64 * 1024)}"},`;
  yield '{"results":[';
  for (let sent = 0; sent < hugeBytes; sent += item.length) yield item;
  yield '{}]}';
}

function toBytes(body: unknown): Buffer {
  return Buffer.from(typeof body === 'string' ? body : toJson(body));
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

function typed(rule: FaultRule, headers: OutgoingHttpHeaders, contentType: string): OutgoingHttpHeaders {
  return { ...headers, 'content-type': `${contentType};charset=utf-8`, ...rule.headers };
}
