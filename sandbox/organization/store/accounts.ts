import type { DatabaseSync } from 'node:sqlite';
import { hashToken } from '../../bearer-token.ts';
import type { Account } from '../model.ts';
import { seededObjectId } from '../object-id.ts';
import { seedAccount } from '../seeds.ts';
import { inTransaction } from './tables.ts';

/** Opens the organization that a bearer token belongs to, seeding it on first sight. */
export function openAccount(database: DatabaseSync, token: string): Account {
  // The key is a hash, so that a database file holds no credentials.
  const key = hashToken(token);
  const account = {
    database,
    key,
    organizationId: seededObjectId(key, 'organization'),
    userId: seededObjectId(key, 'user'),
  };
  inTransaction(database, () => {
    const isNew = database.prepare('INSERT OR IGNORE INTO organization_accounts (key) VALUES (?)').run(key).changes > 0;
    if (isNew) seedAccount(account, (name) => seededObjectId(key, name));
  });
  return account;
}
