import type { IncomingHttpHeaders } from 'node:http';

/** The header that carries a request's id: from the caller, to the upstreams, and back in the answer. */
export const requestIdHeader = 'x-request-id';

/** The id that the caller gave its request, if it is short and safe to log and to send on; else a new one. */
export function readRequestId({ [requestIdHeader]: id }: IncomingHttpHeaders): string {
  return typeof id === 'string' && /^[\w.:=-]{1,128}$/.test(id) ? id : crypto.randomUUID();
}
