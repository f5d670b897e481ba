import type { IncomingHttpHeaders } from 'node:http';
import { isAllowedOrigin } from './cors-settings.ts';
import type { CorsSettings } from './cors-settings.ts';

/** Headers of clients that no page can send elsewhere without a preflight. */
const clientHeaders = ['apollographql-client-name', 'apollographql-client-version', 'x-deadline-ms', 'x-api-key'];

/** The headers that a GET is judged by. */
export const judgedHeaders = [
  'origin',
  'sec-fetch-site',
  'sec-fetch-mode',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  ...clientHeaders,
];

/** Whether no page of a site that is not allowed can have sent a request, as far as its headers tell. */
type ForgeryCheck = (headers: IncomingHttpHeaders) => boolean;

/**
 * Makes the check. A request is the client's own if it comes from the gateway's own page, from no browser, or from an allowed
 * origin. A header that forces a preflight shows it too.
 */
export function createForgeryCheck(cors: CorsSettings, credentialHeaders: readonly string[]): ForgeryCheck {
  const proofs = [...clientHeaders, ...credentialHeaders.filter((name) => name !== 'authorization')];
  return (headers) => {
    const { origin } = headers;
    if (isSameSite(headers) || (origin !== undefined && isAllowedOrigin(cors, origin))) return true;
    return mayHavePreflight(headers) && (hasToken(headers) || proofs.some((name) => (headers[name] ?? '') !== ''));
  };
}

/** Browsers say so in Sec-Fetch-Site, which no page can set; who sends neither that nor an origin is no browser of today. */
function isSameSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined;
}

/**
 * A browser that says its mode would have been refused the preflight, as its page's origin is not allowed, or asked for none.
 * So what proves something in such a request was added on the way, by a proxy.
 */
function mayHavePreflight({ origin, 'sec-fetch-mode': mode }: IncomingHttpHeaders): boolean {
  if (mode === undefined) return true;
  return origin === undefined && (mode === 'cors' || mode === 'same-origin');
}

/** Unlike a password, which browsers send of themselves, a bearer token comes from a client's own code. */
function hasToken({ authorization }: IncomingHttpHeaders): boolean {
  return authorization !== undefined && /^bearer /i.test(authorization);
}
