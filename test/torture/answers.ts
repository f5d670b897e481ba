import type { ServerResponse } from 'node:http';
import type { Upstream } from './target.ts';

/** An upstream that answers everything with one JSON text. */
export function answering(text: string): Upstream {
  return (_, response) => send(response, 200, text);
}

/** Answers one request with JSON. */
export function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}
