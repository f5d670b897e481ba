import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'undici';
import { listen } from './listen.ts';

/** What befalls one request: an answer instead of the upstream's, or a cut connection, before or after it was applied. */
export interface Meddling {
  readonly when: 'before' | 'after';
  /** The answer; a cut connection if left out, none at all if `hang`. */
  readonly status?: number | 'hang';
  readonly headers?: Readonly<Record<string, string>>;
  /** For how many requests from that one on; for one if left out. */
  readonly times?: number;
}

/** An upstream behind a proxy that lets everything through but what a test chooses by its number. */
export interface MeddlingProxy {
  readonly url: string;
  /** The requests since the last rule, as `GET /path`. */
  readonly seen: readonly string[];
  /** From now on counts anew, and meddles with the request of that number, counted from 0. */
  meddle(at: number, meddling: Meddling): void;
  /** From now on counts anew, and does something just before the request of that number. */
  before(at: number, work: () => Promise<void>): void;
  /** From now on counts anew, and lets everything through. */
  rest(): void;
  close(): void;
}

type Rule = (index: number, line: string) => Meddling | null | Promise<null>;

/** Starts a proxy before the upstream at `target`. */
export async function startMeddlingProxy(target: string): Promise<MeddlingProxy> {
  const seen: string[] = [];
  let rule: Rule = () => null;
  const begin = (next: Rule): void => {
    seen.length = 0;
    rule = next;
  };
  const server = createServer((incoming, response) => {
    const line = `${incoming.method} ${incoming.url?.split('?')[0]}`;
    const index = seen.push(line) - 1;
    void pass(incoming, response, target, () => rule(index, line));
  });
  return {
    url: await listen(server),
    seen,
    meddle: (at, meddling) => begin((index) => (index >= at && index < at + (meddling.times ?? 1) ? meddling : null)),
    before: (at, work) => begin((index) => (index === at ? work().then(() => null) : null)),
    rest: () => begin(() => null),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  target: string,
  toMeddling: () => Meddling | null | Promise<null>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const meddling = await toMeddling();
  if (meddling?.when === 'before') return meddle(response, meddling);
  const { authorization = '', 'content-type': contentType = 'application/json' } = incoming.headers;
  const answer = await request(`${target}${incoming.url}`, {
    method: incoming.method as 'GET',
    headers: { authorization, 'content-type': contentType },
    body: chunks.length === 0 ? null : Buffer.concat(chunks),
    reset: true,
  });
  const body = await answer.body.text();
  if (meddling !== null) return meddle(response, meddling);
  response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) });
  response.end(body);
}

function meddle(response: ServerResponse, { status, headers = {} }: Meddling): void {
  if (status === 'hang') return;
  if (status === undefined) {
    response.socket?.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ status: 'error', message: 'meddled with' }));
}
