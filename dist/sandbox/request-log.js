import { hashToken, readBearerToken } from './bearer-token.js';
/** Keeps, in order of arrival, what was asked of the upstreams; path and query stand as they were received. */
export function createRequestLog() {
  let entries = [];
  return {
    note(request, response) {
      const { path, query } = splitUrl(request.url ?? '/');
      const token = readBearerToken(request.headers.authorization);
      const credentialHash = token === null ? null : hashToken(token);
      const entry = { method: request.method ?? '', path, query, status: null, credentialHash };
      entries.push(entry);
      response.once('finish', () => (entry.status = response.statusCode));
    },
    entries: () => entries,
    clear: () => void (entries = []),
  };
}
/** The path and the query string of a request target, neither decoded, the question mark in neither. */
export function splitUrl(url) {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}
