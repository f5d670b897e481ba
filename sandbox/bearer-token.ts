import { createHash } from 'node:crypto';

/** The bearer token of an Authorization header, null if there is none. */
export function readBearerToken(authorization: string | undefined): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** The SHA-256 of a token in hex: what stands for a token wherever it is kept or shown. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
