import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request without a preflight was not made by a page of another site. Browsers say so in Sec-Fetch-Site, which no
 * page can set; who sends neither that nor an origin is no browser of today.
 */
export function isSameSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined;
}
