import type { IncomingMessage, ServerResponse } from 'node:http';
import { hashToken, readBearerToken } from './bearer-token.ts';

/** One request that reached the sandbox; `status` is null while it is not answered whole, and stays null where it never is. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  status: number | null;
  readonly credentialHash: string | null;
}

export interface RequestLog {
  /** Notes the request now, and its status as soon as the answer is out. */
  note(request: IncomingMessage, response: ServerResponse): void;
  entries(): readonly LoggedRequest[];
  clear(): void;
}

/** Keeps, in order of arrival, what was asked of the upstreams; path and query stand as they were received. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    note(request, response) {
      const { path, query } = splitUrl(request.url ?? '/');
      const token = readBearerToken(request.headers.authorization);
      const credentialHash = token === null ? null : hashToken(token);
      const entry: LoggedRequest = { method: request.method ?? '', path, query, status: null, credentialHash };
      entries.push(entry);
      response.once('finish', () => (entry.status = response.statusCode));
    },
    entries: () => entries,
    clear: () => void (entries = []),
  };
}

/** The path and the query string of a request target, neither decoded, the question mark in neither. */
export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}
