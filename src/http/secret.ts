import { createHash, timingSafeEqual } from 'node:crypto';

/** The SHA-256 of a secret: all that is kept of it, and of one length for every secret. */
export type SecretHash = Buffer;

/** Hashes a secret. */
export function hashSecret(secret: string): SecretHash {
  return createHash('sha256').update(secret).digest();
}

/** Whether a secret is the hashed one; takes the same time wherever the two differ. */
export function isSecret(secret: string, hash: SecretHash): boolean {
  return timingSafeEqual(hashSecret(secret), hash);
}
