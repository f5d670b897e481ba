import type { IncomingMessage, ServerResponse } from 'node:http';
import { hashToken, readBearerToken } from './bearer-token.ts';

/** One request that reached the sandbox; `status` is null until it is answered whole, and for ever if it never is. */
interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  status: number | null;
  readonly credentialHash: string | null;
  /** The User-Agent header, null if there is none. */
  readonly userAgent: string | null;
}

/** What was asked of the upstreams, in order of arrival. */
export interface RequestLog {
  /** Logs the request now, and its status as soon as the answer is out. */
  append(request: IncomingMessage, response: ServerResponse): void;
  entries(): readonly LoggedRequest[];
  clear(): void;
}

/** Keeps requests in memory; path and query stand as they were received, and a token as its hash. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    append(request, response) {
      const { path, query } = splitUrl(request.url ?? '/');
      const token = readBearerToken(request.headers.authorization);
      const credentialHash = token === null ? null : hashToken(token);
      const userAgent = request.headers['user-agent'] ?? null;
      const entry: LoggedRequest = {
        method: request.method ?? '',
        path,
        query,
        status: null,
        credentialHash,
        userAgent,
      };
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
