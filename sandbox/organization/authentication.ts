import type { FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';
import { apiErrors } from './assumptions.ts';

const refusedTokens: ReadonlySet<string> = new Set(['sandbox-expired', 'sandbox-invalid']);
const powerlessToken = 'sandbox-no-scopes';
/** The one error that the reference documents. */
const unusableToken = { status: 401, message: 'Invalid or expired token' };

/** Gives the request's bearer token, or refuses with 401 as documented where it is missing or malformed. */
export function bearerToken(request: FastifyRequest): string {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!token) throw new ApiError(unusableToken);
  return token;
}

/** Lets in every token but those reserved for trying failures: 401 for an unusable one, 403 for one without a role. */
export async function requireAccess(request: FastifyRequest): Promise<void> {
  const token = bearerToken(request);
  if (refusedTokens.has(token)) throw new ApiError(unusableToken);
  if (token === powerlessToken) throw new ApiError(apiErrors.forbidden);
}
