import type { FastifyRequest } from 'fastify';
import { readBearerToken } from '../bearer-token.ts';
import { ApiError } from './api-error.ts';
import { apiErrors } from './assumptions.ts';

const unusableTokens: ReadonlySet<string> = new Set(['sandbox-expired', 'sandbox-invalid']);
const tokenWithoutRole = 'sandbox-no-scopes';

/** Lets in every bearer token but those reserved for trying failures, and gives it: 401 if unusable, 403 without a role. */
export function requireToken(request: FastifyRequest): string {
  const token = readBearerToken(request.headers.authorization);
  if (token === null || unusableTokens.has(token)) throw new ApiError(apiErrors.unusableToken);
  if (token === tokenWithoutRole) throw new ApiError(apiErrors.forbidden);
  return token;
}
