import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { assumptions } from '../assumptions.ts';
import type { Answer } from '../call.ts';
import { parseInput } from '../input.ts';
import { openAccount } from '../store/accounts.ts';

const loginBody = z.object({ email: z.email().toLowerCase(), password: z.string().min(1) });

/** POST /auth/login: a token, always the same for an e-mail address, and the user that it belongs to. */
export function login(database: DatabaseSync, body: unknown): object {
  const { email } = parseInput(loginBody, body);
  const token = `sandbox-login-${createHash('sha256').update(email).digest('hex').slice(0, 32)}`;
  const { userId, organizationId } = openAccount(database, token);
  const fullName = email.slice(0, email.indexOf('@'));
  return { token, user: { id: userId, email, fullName, organizationId, accessRole: assumptions.accessRole } };
}

/** GET /auth/verify-token, which only a good token reaches. */
export function verifyToken(): Answer {
  return { body: { message: 'Token is good' } };
}
