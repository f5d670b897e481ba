import type * as JoseModule from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { isScope } from '../context/caller.ts';
import type { Caller } from '../context/caller.ts';
import type { JwtSettings } from './access-settings.ts';

/** Signatures with a key pair. One made with a shared secret could be made with the public key that everybody can read. */
const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
/** How far the issuer's clock may be off. */
const clockToleranceSeconds = 5;
const fetchTimeoutMs = 3_000;

/** The keys that tokens are checked with could not be had: nothing is known about the token. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** What checks a token: gives the caller, or null where the token is not valid for this gateway now. */
type TokenCheck = (token: string) => Promise<Caller | null>;

/** What is loaded only where tokens are let in. */
type Jose = typeof JoseModule;

/**
 * Makes the check of tokens, which rejects with a KeysUnavailableError. Keys from a URL are kept for ten minutes, and asked for
 * again when a token names an unknown one.
 */
export function createTokenCheck(settings: JwtSettings): TokenCheck {
  const loading = import('jose').then((jose) => openTokenCheck(jose, settings));
  return async (token) => (await loading)(token);
}

function openTokenCheck(jose: Jose, { keys, issuer, audience }: JwtSettings): TokenCheck {
  const findKey = withKeyFaults(
    jose,
    keys instanceof URL
      ? jose.createRemoteJWKSet(keys, { timeoutDuration: fetchTimeoutMs })
      : jose.createLocalJWKSet(keys),
  );
  const claims = { issuer, audience, requiredClaims: ['exp'], clockTolerance: clockToleranceSeconds };
  return async (token) => {
    try {
      const { payload } = await jose.jwtVerify(token, findKey, { ...claims, algorithms });
      return { name: payload.sub ?? 'token', scopes: readScopes(payload) };
    } catch (error) {
      if (error instanceof KeysUnavailableError) throw error;
      return null;
    }
  };
}

/** The faults of a token that names no key of the set are the token's; all others are the set's own. */
function withKeyFaults({ errors }: Jose, findKey: JWTVerifyGetKey): JWTVerifyGetKey {
  const faultsOfToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
  return async (header, token) => {
    try {
      return await findKey(header, token);
    } catch (error) {
      if (faultsOfToken.some((fault) => error instanceof fault)) throw error;
      throw new KeysUnavailableError('The keys that tokens are checked with cannot be had.', { cause: error });
    }
  };
}

/** `scope` is text (RFC 9068); `scp`, which some issuers write instead, is text or a list. */
function readScopes({ scope, scp }: JWTPayload): Caller['scopes'] {
  const names = [scope, scp].flat().flatMap((value) => (typeof value === 'string' ? value.split(' ') : []));
  return new Set(names.filter(isScope));
}
