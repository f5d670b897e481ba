import { readFileSync } from 'node:fs';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { isScope, scopes } from '../context/caller.ts';
import type { Caller } from '../context/caller.ts';
import { hashSecret } from './secret.ts';
import type { SecretHash } from './secret.ts';

/** Who gets in. Neither keys nor tokens configured: everybody. */
export interface AccessSettings {
  readonly apiKeys: readonly ApiKey[];
  readonly jwt: JwtSettings | null;
  /** Kept by the router that may read the subgraph's SDL; null where whoever may read may read that too. */
  readonly sdlSecret: SecretHash | null;
}

/** A caller who proves who they are by a key, of which only the hash is kept. */
export interface ApiKey extends Caller {
  readonly hash: SecretHash;
}

/** What a bearer token must bear, and the keys that it is checked with. */
export interface JwtSettings {
  /** Where the public keys are, or the keys themselves. */
  readonly keys: URL | JSONWebKeySet;
  readonly issuer: string;
  readonly audience: string;
}

const secretText = z.string().regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');

/** The settings of who gets in, by the names of their environment variables. */
export const accessVariables = {
  GATEWAY_API_KEYS: z
    .string()
    .transform(readApiKeys)
    .optional()
    .describe(
      'The API keys that are let in, as `name:key:scopes`, separated by commas; several scopes are separated by spaces or `+`. Sent as `x-api-key`.',
    )
    .meta({ secret: true }),
  GATEWAY_JWT_JWKS: z
    .string()
    .transform(readKeys)
    .optional()
    .describe(
      'The public keys of the tokens that are let in (`Authorization: Bearer`): the URL or the file of a JWKS.',
    ),
  GATEWAY_JWT_ISSUER: z.string().optional().describe('The `iss` that a token must have.'),
  GATEWAY_JWT_AUDIENCE: z.string().optional().describe('The `aud` that a token must have.'),
  GATEWAY_SDL_SECRET: secretText
    .transform(hashSecret)
    .optional()
    .describe('Keeps `_service` for the router, which sends this as `x-gateway-sdl-secret`.')
    .meta({ secret: true }),
};

type AccessVariables = z.infer<z.ZodObject<typeof accessVariables>>;

/** The settings as the gateway uses them. */
export function toAccessSettings(variables: AccessVariables): AccessSettings {
  const { GATEWAY_JWT_JWKS: keys, GATEWAY_JWT_ISSUER: issuer, GATEWAY_JWT_AUDIENCE: audience } = variables;
  return {
    apiKeys: variables.GATEWAY_API_KEYS ?? [],
    jwt: keys === undefined || issuer === undefined || audience === undefined ? null : { keys, issuer, audience },
    sdlSecret: variables.GATEWAY_SDL_SECRET ?? null,
  };
}

/** The messages count entries, because any part of a wrong one may be the key. */
function readApiKeys(text: string, context: z.RefinementCtx<string>): readonly ApiKey[] {
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
  const entries = text.split(',');
  const keys = entries.flatMap((entry, index) => {
    const key = readApiKey(entry.trim());
    if (key !== null) return [key];
    refuse(`entry ${index + 1} of ${entries.length} must be name:key:scopes, with scopes of ${scopes.join(' and ')}`);
    return [];
  });
  if (hasRepeats(keys.map(({ name }) => name))) refuse('must not give two keys the same name');
  if (hasRepeats(keys.map(({ hash }) => hash.toString('hex')))) refuse('must not give two names the same key');
  return keys;
}

function readApiKey(entry: string): ApiKey | null {
  const [, name, key, scopeNames] = /^([\w.-]+):([\x21-\x7e]+?):(.+)$/.exec(entry) ?? [];
  if (name === undefined || key === undefined || scopeNames === undefined) return null;
  const names = scopeNames.split(/[\s+]+/);
  return names.every(isScope) ? { name, hash: hashSecret(key), scopes: new Set(names) } : null;
}

function hasRepeats(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}

const publicKey = z.looseObject({ kty: z.string().refine((kty) => kty !== 'oct'), d: z.never().optional() });
const keySet = z.looseObject({ keys: z.array(publicKey).min(1) });

/** A URL as it is, a file as the keys in it. */
function readKeys(text: string, context: z.RefinementCtx<string>): JwtSettings['keys'] {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (/^https?:/i.test(text)) {
    const url = URL.parse(text);
    if (url === null || url.username !== '' || url.password !== '') return refuse('must be a URL without credentials');
    return url;
  }
  try {
    return keySet.parse(JSON.parse(readFileSync(text, 'utf8')));
  } catch {
    return refuse('must be an http or https URL, or a file with a JWKS of public keys');
  }
}
