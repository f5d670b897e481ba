import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { useFolder } from '../support/folder.ts';

const secret = '5ec2e7-0f-7he-0w4e2';
const folder = useFolder();

const key = `web:${secret}:pipelines:read`;
const jwt = {
  GATEWAY_JWT_JWKS: 'https://login.example/jwks',
  GATEWAY_JWT_ISSUER: 'https://login.example',
  GATEWAY_JWT_AUDIENCE: 'gateway',
};
const forwarding = (header: string) => ({
  GATEWAY_SOURCES: folder.write({
    sources: [{ name: 'portal', kind: 'hubspot', credential: { mode: 'forward', header } }],
  }),
});

/** The names and scopes of the keys that a variable's text means. */
function keysOf(text: string) {
  const { apiKeys } = readConfig({ GATEWAY_API_KEYS: text }).access;
  return apiKeys.map(({ name, scopes }) => [name, [...scopes]]);
}

test('nobody has to prove anything if nothing is set', () => {
  expect(readConfig({}).access).toEqual({ apiKeys: [], jwt: null, sdlSecret: null });
});

test.each([
  ['a scope', key, [['web', ['pipelines:read']]]],
  ['scopes with a plus', `${key}+pipelines:write`, [['web', ['pipelines:read', 'pipelines:write']]]],
  ['scopes with a space', `${key} pipelines:write`, [['web', ['pipelines:read', 'pipelines:write']]]],
  [
    'several keys',
    `${key}, ci.v2_a-b:other:pipelines:write`,
    [
      ['web', ['pipelines:read']],
      ['ci.v2_a-b', ['pipelines:write']],
    ],
  ],
])('a key may have %s', (_, text, expected) => {
  expect(keysOf(text)).toEqual(expected);
});

describe('access settings that are refused', () => {
  const form = 'must be name:key:scopes, with scopes of pipelines:read and pipelines:write';
  const noKeySet = 'GATEWAY_JWT_JWKS: must be an http or https URL, or a file with a JWKS of public keys';
  test.each<[string, Record<string, string>, readonly string[]]>([
    ['a key alone', { GATEWAY_API_KEYS: secret }, [`GATEWAY_API_KEYS: entry 1 of 1 ${form}`]],
    ['a key without scopes', { GATEWAY_API_KEYS: `web:${secret}` }, [`GATEWAY_API_KEYS: entry 1 of 1 ${form}`]],
    [
      'a scope that there is not',
      { GATEWAY_API_KEYS: `${key},ci:${secret}x:pipelines:admin` },
      [`GATEWAY_API_KEYS: entry 2 of 2 ${form}`],
    ],
    ['a comma too many', { GATEWAY_API_KEYS: `${key},` }, [`GATEWAY_API_KEYS: entry 2 of 2 ${form}`]],
    ['a name with a space', { GATEWAY_API_KEYS: `the ${key}` }, [`GATEWAY_API_KEYS: entry 1 of 1 ${form}`]],
    [
      'one key for two',
      { GATEWAY_API_KEYS: `${key},ci:${secret}:pipelines:write` },
      ['GATEWAY_API_KEYS: must not give two names the same key'],
    ],
    [
      'one name for two',
      { GATEWAY_API_KEYS: `${key},${key.replace(secret, 'other')}` },
      ['GATEWAY_API_KEYS: must not give two keys the same name'],
    ],
    [
      'tokens of any issuer, for anybody',
      { GATEWAY_JWT_JWKS: jwt.GATEWAY_JWT_JWKS },
      [
        'GATEWAY_JWT_ISSUER: is needed where tokens are let in',
        'GATEWAY_JWT_AUDIENCE: is needed where tokens are let in',
      ],
    ],
    [
      'an issuer without keys',
      { ...jwt, GATEWAY_JWT_JWKS: '' },
      ['GATEWAY_JWT_JWKS: is needed where tokens are let in'],
    ],
    ['a file that is not there', { ...jwt, GATEWAY_JWT_JWKS: join(folder.path, secret) }, [noKeySet]],
    ['a file that is not JSON', { ...jwt, GATEWAY_JWT_JWKS: folder.write(secret) }, [noKeySet]],
    ['a file without keys', { ...jwt, GATEWAY_JWT_JWKS: folder.write({ keys: [] }) }, [noKeySet]],
    [
      'a file with a shared secret',
      { ...jwt, GATEWAY_JWT_JWKS: folder.write({ keys: [{ kty: 'oct', k: secret }] }) },
      [noKeySet],
    ],
    [
      'a file with a private key',
      { ...jwt, GATEWAY_JWT_JWKS: folder.write({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x', d: secret }] }) },
      [noKeySet],
    ],
    [
      'a URL with a password',
      { ...jwt, GATEWAY_JWT_JWKS: `https://me:${secret}@login.example/jwks` },
      ['GATEWAY_JWT_JWKS: must be a URL without credentials'],
    ],
    [
      'an SDL secret that no header can carry',
      { GATEWAY_SDL_SECRET: `${secret} ${secret}` },
      ['GATEWAY_SDL_SECRET: must be printable ASCII without spaces'],
    ],
    [
      'one header for an upstream token and a token of the gateway',
      { ...jwt, ...forwarding('Authorization') },
      ['GATEWAY_JWT_JWKS: the header authorization cannot also hold the upstream token of the source "portal"'],
    ],
    [
      'one header for an upstream token and an API key',
      { GATEWAY_API_KEYS: key, ...forwarding('x-api-key') },
      ['GATEWAY_API_KEYS: the header x-api-key cannot also hold the upstream token of the source "portal"'],
    ],
  ])('a configuration with %s is refused, by name and without the value', (_, env, problems) => {
    expect(() => readConfig(env)).toThrow(
      ['The configuration cannot be used:', ...problems.map((problem) => `- ${problem}`)].join('\n'),
    );
    expect(problems.join()).not.toContain(secret);
  });
});

test('the header authorization may hold an upstream token if the gateway itself takes API keys', () => {
  const env = { GATEWAY_API_KEYS: key, ...forwarding('authorization') };
  expect(readConfig(env).sources).toMatchObject([{ credential: { header: 'authorization' } }]);
});

test.each([
  ['API keys', { GATEWAY_API_KEYS: key }],
  ['tokens', jwt],
])('an address beyond loopback is taken with a static upstream token if callers need %s', (_, env) => {
  expect(readConfig({ HOST: '0.0.0.0', HUBSPOT_TOKEN: secret, ...env }).host).toBe('0.0.0.0');
});

test('the secret of the SDL is no inbound authentication', () => {
  expect(() => readConfig({ HOST: '0.0.0.0', GATEWAY_SDL_SECRET: secret })).toThrow('HOST: ');
});
