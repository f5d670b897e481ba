import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Account } from '../model.ts';
import { seedAccount } from '../seeds.ts';
import { inTransaction } from './tables.ts';

/** Opens the organization that a bearer token belongs to, seeding it on first sight. */
export function openAccount(database: DatabaseSync, token: string): Account {
  // The key is a hash, so that a database file holds no credentials.
  const key = createHash('sha256').update(token).digest('hex');
  const account = {
    database,
    key,
    organizationId: seededId(key, 'organization'),
    userId: seededId(key, 'user'),
  };
  inTransaction(database, () => {
    const isNew = database.prepare('INSERT OR IGNORE INTO organization_accounts (key) VALUES (?)').run(key).changes > 0;
    if (isNew) seedAccount(account, (name) => seededId(key, name));
  });
  return account;
}

/** Gives an id in the form of MongoDB's, 24 hex digits, that is always the same for this account and name. */
function seededId(key: string, name: string): string {
  return createHash('sha256').update(`${key}/${name}`).digest('hex').slice(0, 24);
}
