import { randomUUID } from 'node:crypto';
import { toV1Envelope } from './hubspot-v1/wire.ts';
import { jsonType } from './hubspot/answer.ts';
import { toEnvelope } from './hubspot/api-error.ts';
import type { ApiErrorBody } from './hubspot/api-error.ts';
import { assumptions } from './hubspot/assumptions.ts';
import { invalidToken, missingScopes } from './hubspot/authentication.ts';
import { rateLimitBody } from './hubspot/rate-limit.ts';
import { apiErrors } from './organization/assumptions.ts';

/** The headers and JSON body that the API at this path gives an error of this status, as far as that is known. */
export function defaultError(path: string, status: number): { headers: Record<string, string>; body: unknown } {
  if (status < 400) return { headers: { 'content-type': 'application/json' }, body: {} };
  if (path.startsWith('/api/')) {
    return {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: { error: organizationMessage(status) },
    };
  }
  const id = randomUUID();
  const headers = { 'content-type': jsonType, 'x-hubspot-correlation-id': id };
  if (status === 401) Object.assign(headers, { 'x-hubspot-auth-failure': '401 Unauthorized' });
  if (status === 429) return { headers, body: rateLimitBody('TEN_SECONDLY_ROLLING', id) };
  const envelope = path.startsWith('/crm-pipelines/') ? toV1Envelope : toEnvelope;
  return { headers, body: envelope(hubspotBody(status), id) };
}

function hubspotBody(status: number): ApiErrorBody {
  const known: Readonly<Record<number, ApiErrorBody>> = {
    401: invalidToken(),
    403: missingScopes(),
    404: { message: 'resource not found', category: 'OBJECT_NOT_FOUND' },
    423: { message: 'The resource is locked, try again in a moment', category: null },
    477: { message: 'The account is being moved to another data centre', category: null },
  };
  const other: ApiErrorBody =
    status < 500
      ? { message: `Request refused with status ${status}` }
      : { message: assumptions.internalErrorMessage, category: null };
  return known[status] ?? other;
}

function organizationMessage(status: number): string {
  if (status === apiErrors.unusableToken.status) return apiErrors.unusableToken.message;
  return status < 500 ? `Request refused with status ${status}` : apiErrors.serverError.message;
}
