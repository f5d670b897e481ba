import { base64url, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useFolder } from '../support/folder.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { audience, issuer, nowSeconds, startIdentityProvider, validClaims } from './identity-provider.ts';
import type { IdentityProvider } from './identity-provider.ts';

const folder = useFolder();

const read = '{ pipelines { totalCount } }';
const write = 'mutation { archivePipeline(input: { id: "nothing" }) { errors { code } } }';

/** A gateway that takes the provider's tokens. */
function startGuardedGateway(jwks: string, more: Record<string, string> = {}): Promise<TestGateway> {
  const variables = { GATEWAY_JWT_JWKS: jwks, GATEWAY_JWT_ISSUER: issuer, GATEWAY_JWT_AUDIENCE: audience };
  return startTestGateway({ env: { ...variables, ...more } });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Signed with the public key's text as a shared secret, for whoever checks with whatever key the header asks for. */
async function signWithPublicKey(provider: IdentityProvider): Promise<string> {
  const publicKey = await importJWK(provider.jwks.keys[0]!, 'RS256', { extractable: true });
  const secret = new TextEncoder().encode(await exportSPKI(publicKey as CryptoKey));
  return new SignJWT(validClaims()).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(secret);
}

async function signWithAnotherKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(validClaims()).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign(privateKey);
}

/** With other claims under the old signature. */
function tamper(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, base64url.encode(JSON.stringify({ ...validClaims(), sub: 'admin' })), signature].join('.');
}

const badTokens: readonly [string, (provider: IdentityProvider) => string | Promise<string>][] = [
  ['that has expired', (provider) => provider.sign({ exp: nowSeconds() - 30 })],
  ['that never expires', (provider) => provider.sign({ exp: undefined })],
  ['that is not valid yet', (provider) => provider.sign({ nbf: nowSeconds() + 60 })],
  ['of another issuer', (provider) => provider.sign({ iss: 'https://else.example' })],
  ['of no issuer', (provider) => provider.sign({ iss: undefined })],
  ['for another audience', (provider) => provider.sign({ aud: 'billing' })],
  ['for no audience', (provider) => provider.sign({ aud: undefined })],
  ['without a signature', () => new UnsecuredJWT(validClaims()).encode()],
  ['signed with the public key as a shared secret', signWithPublicKey],
  ['signed with another key', signWithAnotherKey],
  ['changed after it was signed', async (provider) => tamper(await provider.sign())],
  ['cut short', async (provider) => (await provider.sign()).slice(0, -20)],
  ['that is garbage', () => 'garbage'],
  ['that is garbage in three parts', () => 'a.b.c'],
];

describe.each([
  ['a URL', (provider: IdentityProvider) => provider.jwksUrl],
  ['a file', (provider: IdentityProvider) => folder.write(provider.jwks)],
])('tokens, with keys from %s', (_, toJwks) => {
  let provider: IdentityProvider;
  let gateway: TestGateway;
  const sent: string[] = [];
  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGuardedGateway(toJwks(provider));
  });
  afterEach(() => gateway.sandbox.reset());
  afterAll(() => Promise.all([gateway.close(), provider.close()]));

  test.each(badTokens)('a token %s is refused before any upstream call', async (_, make) => {
    const token = await make(provider);
    sent.push(token);
    const answer = await gateway.ask(read, {}, bearer(token));
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="pipeline-gateway"');
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(answer.text).not.toContain(token);
    expect(await gateway.sandbox.requests()).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic dTpw' }],
  ])('a request without a token that can be read is refused: %s', async (_, headers) => {
    expect((await gateway.ask(read, {}, headers)).status).toBe(401);
  });

  test.each<[string, object, number, number]>([
    ['both scopes', {}, 200, 200],
    ['scope to read', { scope: 'profile pipelines:read' }, 200, 403],
    ['scope to write', { scope: 'pipelines:write' }, 403, 200],
    ['scp as a list', { scope: undefined, scp: ['pipelines:read'] }, 200, 403],
    ['scp as text', { scope: undefined, scp: 'pipelines:read pipelines:write' }, 200, 200],
    ['no scope', { scope: undefined }, 403, 403],
    ['scopes of something else', { scope: 'pipelines pipelines:reads PIPELINES:READ' }, 403, 403],
    ['several audiences, one of them this', { aud: ['billing', audience] }, 200, 200],
    ['an end a moment ago, as clocks differ', { exp: nowSeconds() - 1 }, 200, 200],
  ])('a token with %s opens what it says', async (_, claims, readStatus, writeStatus) => {
    // An end a moment ago counts from now, not from when the table was made.
    const exp = 'exp' in claims ? { exp: nowSeconds() - 1 } : {};
    const token = await provider.sign({ ...claims, ...exp });
    sent.push(token);
    expect((await gateway.ask(read, {}, bearer(token))).status).toBe(readStatus);
    expect((await gateway.ask(write, {}, bearer(token))).status).toBe(writeStatus);
  });

  test('no token was ever logged', () => {
    expect(sent.length).toBeGreaterThan(badTokens.length);
    for (const token of sent.filter((text) => text.length > 20)) {
      expect(gateway.logLines.join('')).not.toContain(token.split('.').at(-1) || token);
    }
  });
});

describe('keys of an issuer', () => {
  let provider: IdentityProvider;
  let gateway: TestGateway;
  beforeEach(async () => {
    provider = await startIdentityProvider();
    gateway = await startGuardedGateway(provider.jwksUrl, { GATEWAY_API_KEYS: 'ci:k3y-0f-c1:pipelines:read' });
  });
  afterEach(() => Promise.all([gateway.close(), provider.close()]));

  const askWithToken = async () => gateway.ask(read, {}, bearer(await provider.sign()));

  test('keys from a URL are fetched once for many tokens', async () => {
    expect(await Promise.all([askWithToken(), askWithToken(), askWithToken()])).toMatchObject([
      { status: 200 },
      { status: 200 },
      { status: 200 },
    ]);
    await askWithToken();
    expect(provider.fetches.count).toBe(1);
  });

  test('keys from a URL are not fetched for every token that names an unknown one', async () => {
    await askWithToken();
    await provider.rotate();
    expect((await askWithToken()).status).toBe(401);
    expect((await askWithToken()).status).toBe(401);
    expect(provider.fetches.count).toBe(1);
  });

  test.each<[string, { status: number; body: string } | null]>([
    ['never come', null],
    ['are an error page', { status: 502, body: '<h1>Bad gateway</h1>' }],
    ['are no JSON', { status: 200, body: '<h1>Welcome</h1>' }],
    ['are something else', { status: 200, body: '{"keys": "none"}' }],
  ])('keys that %s let nobody with a token in, who is told that it is not their fault', async (_, answer) => {
    provider.answerWith(answer);
    const refusal = await askWithToken();
    expect(refusal.status).toBe(503);
    expect(refusal.errors).toEqual([
      { message: 'Tokens cannot be checked at the moment.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(await gateway.sandbox.requests()).toEqual([]);
    expect(gateway.logLines.join('')).toContain('nobody with a token is let in');
    expect((await gateway.ask(read, {}, { 'x-api-key': 'k3y-0f-c1' })).status).toBe(200);
  });

  test('keys that come again let tokens in again', async () => {
    provider.answerWith({ status: 500, body: '' });
    expect((await askWithToken()).status).toBe(503);
    provider.answerWith({ status: 200, body: JSON.stringify(provider.jwks) });
    expect((await askWithToken()).status).toBe(200);
  });

  test('a valid token does not help a caller whose API key is wrong', async () => {
    const answer = await gateway.ask(read, {}, { ...bearer(await provider.sign()), 'x-api-key': 'guess' });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="pipeline-gateway", ApiKey realm="pipeline-gateway"');
  });
});
