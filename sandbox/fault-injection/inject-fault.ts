import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorAnswer } from '../default-error.ts';
import type { FaultRule } from './fault-rule.ts';
import { pause } from './pause.ts';

/** An answer that is whole in memory. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** A request that a fault befalls. */
export interface Victim {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  /** Has the request done by the API that it was sent to. */
  apply(): Promise<WholeAnswer>;
}

type Play = (rule: FaultRule, victim: Victim, real: WholeAnswer) => void | Promise<void>;

const hugeBytes = 100 * 1024 * 1024;
const html = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>';
const defaultPauseMs = { latency: 1000, drip: 50 };

const plays: Readonly<Record<FaultRule['fault'], Play>> = {
  status: (rule, victim) => send(victim, toStatusAnswer(rule, victim.path)),
  latency: async (rule, victim, real) => {
    if (await pause(rule.ms ?? defaultPauseMs.latency, victim.response)) send(victim, real);
  },
  reset: (rule, { request, response }, real) =>
    rule.part === 'body' ? startBody(response, real, () => request.socket.destroy()) : void request.socket.destroy(),
  // Nothing more is ever sent; the connection ends when the client, or the sandbox, ends it.
  hang: (rule, { response }, real) => (rule.part === 'body' ? startBody(response, real) : undefined),
  drip,
  html: (rule, victim, { headers }) =>
    send(victim, { status: rule.status ?? 200, headers: typed(rule, headers, 'text/html'), body: toBytes(html) }),
  truncate: (_rule, victim, real) => send(victim, { ...real, body: firstHalf(real.body) }),
  empty: (rule, victim, real) => send(victim, { ...real, status: rule.status ?? real.status, body: Buffer.alloc(0) }),
  'wrong-shape': (rule, victim, { status, headers }) =>
    send(victim, {
      status: rule.status ?? (status === 204 ? 200 : status),
      headers: typed(rule, headers, 'application/json'),
      body: toBytes(rule.body ?? { unexpected: true }),
    }),
  huge: async (rule, { response }, { headers }) => {
    response.writeHead(rule.status ?? 200, typed(rule, headers, 'application/json'));
    await pipeline(Readable.from(hugeBody()), response);
  },
};

/** Makes the fault happen to the request, after having it done where the rule says so. */
export async function playFault(rule: FaultRule, victim: Victim): Promise<void> {
  const real = rule.when === 'after' ? await victim.apply() : standIn(rule);
  await plays[rule.fault](rule, victim, { ...real, headers: { ...real.headers, ...rule.headers } });
}

// What there is to spoil where the request is not to be done.
function standIn(rule: FaultRule): WholeAnswer {
  const body = toBytes(rule.body ?? { results: [], note: 'This answer stands in for one that was never made.' });
  return { status: rule.status ?? 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body };
}

function toStatusAnswer(rule: FaultRule, path: string): WholeAnswer {
  const status = rule.status ?? 500;
  const usual = errorAnswer(path, status);
  const headers = { ...usual.headers, ...rule.headers };
  return { status, headers, body: toBytes(rule.body ?? usual.body) };
}

function send({ response }: Victim, { status, headers, body }: WholeAnswer): void {
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, hasBody ? { ...headers, 'content-length': body.length } : headers);
  response.end(hasBody ? body : undefined);
}

// Promises the whole body and sends half of it. Where there is no body to break off in, not even the headers go out.
function startBody(response: ServerResponse, { status, headers, body }: WholeAnswer, then?: () => void): void {
  if (body.length === 0) return then?.();
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(firstHalf(body), () => then?.());
}

async function drip(rule: FaultRule, { response }: Victim, { status, headers, body }: WholeAnswer): Promise<void> {
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
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

function typed(rule: FaultRule, headers: OutgoingHttpHeaders, contentType: string): OutgoingHttpHeaders {
  return { ...headers, 'content-type': `${contentType};charset=utf-8`, ...rule.headers };
}
