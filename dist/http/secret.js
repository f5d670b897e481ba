import { createHash, timingSafeEqual } from 'node:crypto';
/** Hashes a secret. */
export function hashSecret(secret) {
  return createHash('sha256').update(secret).digest();
}
/** Whether a secret is the hashed one; takes the same time wherever the two differ. */
export function isSecret(secret, hash) {
  return timingSafeEqual(hashSecret(secret), hash);
}
