import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { listen } from '../support/listen.ts';

/** Who makes the tokens. */
export const issuer = 'https://login.example';

/** Whom the tokens are for. */
export const audience = 'pipeline-gateway';

/** An issuer of tokens, with its keys at a URL over real HTTP. */
export interface IdentityProvider {
  readonly jwksUrl: string;
  readonly jwks: JSONWebKeySet;
  /** How often the keys were fetched. */
  readonly fetches: { count: number };
  /** Signs a token that is valid for a minute, unless `claims` say otherwise. */
  sign(claims?: JWTPayload): Promise<string>;
  /** From now on tokens are signed with a new key, which the URL has and `jwks` has not. */
  rotate(): Promise<void>;
  /** From now on the URL answers so; `null` leaves requests without an answer. */
  answerWith(answer: { readonly status: number; readonly body: string } | null): void;
  close(): Promise<void>;
}

/** Starts one. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  let current = await createKey('key-1');
  const jwks = { keys: [current.publicJwk] };
  let answer: { readonly status: number; readonly body: string } | null = { status: 200, body: JSON.stringify(jwks) };
  const fetches = { count: 0 };
  const server = createServer((_, response) => {
    fetches.count += 1;
    if (answer !== null) response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  const url = await listen(server);
  return {
    jwksUrl: `${url}/jwks`,
    jwks,
    fetches,
    sign: (claims) =>
      new SignJWT({ ...validClaims(), ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: current.publicJwk.kid })
        .sign(current.privateKey),
    async rotate() {
      current = await createKey('key-2');
      answer = { status: 200, body: JSON.stringify({ keys: [current.publicJwk] }) };
    },
    answerWith: (next) => void (answer = next),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The claims of a token that is let in to read and write. */
export function validClaims(): JWTPayload {
  const scope = 'openid pipelines:read pipelines:write';
  return { iss: issuer, aud: audience, sub: 'somebody', exp: nowSeconds() + 60, scope };
}

/** This moment as tokens write it. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

async function createKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}
