import { createHash, randomBytes } from 'node:crypto';

/** A new id in the form of MongoDB's, 24 hex digits. */
export function newObjectId(): string {
  return randomBytes(12).toString('hex');
}

/** An id in the form of MongoDB's that is always the same for this account and name. */
export function seededObjectId(accountKey: string, name: string): string {
  return createHash('sha256').update(`${accountKey}/${name}`).digest('hex').slice(0, 24);
}
