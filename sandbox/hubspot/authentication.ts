import { readBearerToken } from '../bearer-token.ts';
import { ApiError } from './api-error.ts';
import type { ApiErrorBody } from './api-error.ts';

const scopesPage = 'https://developers.hubspot.com/scopes';

// The bodies below are those of recorded answers: hubspot-api-nodejs#432 (invalid), airbyte#74726 (expired),
// posthog#53339 (scopes).
const invalidMessage =
  'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview';

/** Lets in every bearer token but the three that fail as their names say, and gives it back. */
export function requireToken(authorization: string | undefined): string {
  const token = readBearerToken(authorization);
  if (token === null || token === 'sandbox-invalid') throw new ApiError(401, invalidToken());
  if (token === 'sandbox-expired') throw expiredToken();
  if (token === 'sandbox-no-scopes') throw new ApiError(403, missingScopes());
  return token;
}

/** The 401 body for a token that HubSpot does not know. */
export function invalidToken(): ApiErrorBody {
  return { message: invalidMessage, category: 'INVALID_AUTHENTICATION' };
}

/** The 403 body for a token that lacks the scopes. */
export function missingScopes(): ApiErrorBody {
  return {
    message: `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${scopesPage}.`,
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: ['crm.schemas.deals.read', 'crm.objects.deals.read'] },
      },
    ],
    links: { scopes: scopesPage },
    category: 'MISSING_SCOPES',
  };
}

// Tokens live for 30 minutes; the key in `context` is spelled with a space.
function expiredToken(): ApiError {
  const ageMs = 5 * 60 * 60 * 1000;
  return new ApiError(401, {
    message: 'The OAuth token used to make this call expired 5 hour(s) ago.',
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(Date.now() - ageMs).toISOString()] },
  });
}
