import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { configProblems } from '../support/config-problems.ts';

const production = { GATEWAY_MODE: 'production' };
const hubSpot = { HUBSPOT_TOKEN: 'pat-of-a-real-portal' };
const key = 'k'.repeat(16);

describe('the configuration is refused', () => {
  test('in production mode without a source', () => {
    expect(configProblems(production)).toEqual([
      'GATEWAY_SOURCES: a source is needed in production mode; GATEWAY_SANDBOX=true serves invented data instead',
    ]);
    expect(readConfig({ ...production, GATEWAY_SANDBOX: 'true' }).sandbox).not.toBeNull();
    expect(readConfig({}).sandbox).not.toBeNull();
    expect(readConfig({ ...production, ...hubSpot }).sandbox).toBeNull();
  });

  test('in production mode with keys that can be guessed', () => {
    const short = {
      GATEWAY_API_KEYS: `a:${key}:pipelines:read,b:${key.slice(1)}:pipelines:read`,
      GATEWAY_SDL_SECRET: 's',
    };
    expect(configProblems({ ...production, ...hubSpot, ...short })).toEqual([
      'GATEWAY_API_KEYS: in production a key has at least 16 characters',
      'GATEWAY_SDL_SECRET: in production a key has at least 16 characters',
    ]);
    expect(() => readConfig({ ...hubSpot, ...short })).not.toThrow();
    expect(() =>
      readConfig({ ...production, ...hubSpot, GATEWAY_API_KEYS: `a:${key}:pipelines:read`, GATEWAY_SDL_SECRET: key }),
    ).not.toThrow();
  });

  test('with the placeholders of an example', () => {
    const keys = { GATEWAY_API_KEYS: 'web:replace-me-with-a-key:pipelines:read' };
    expect(configProblems({ HUBSPOT_TOKEN: 'pat-na1-replace-me', ...keys })).toEqual([
      'GATEWAY_API_KEYS: is the placeholder of an example',
      'token of the source "hubspot": is the placeholder of an example',
    ]);
  });

  test.each([
    'http://api.hubapi.com',
    'http://8.8.8.8',
    'http://172.32.0.1:8080',
    'http://[2001:db8::1]',
    'http://api.hubapi.com.',
  ])('with tokens that travel in the open: %s', (url) => {
    expect(configProblems({ ...hubSpot, HUBSPOT_URL: url })).toEqual([
      'url of the source "hubspot": must be https for a public host, or GATEWAY_ALLOW_HTTP=true',
    ]);
    expect(() => readConfig({ ...hubSpot, HUBSPOT_URL: url, GATEWAY_ALLOW_HTTP: 'true' })).not.toThrow();
  });

  test('with a JWKS that travels in the open', () => {
    const jwt = {
      GATEWAY_JWT_ISSUER: 'i',
      GATEWAY_JWT_AUDIENCE: 'a',
      GATEWAY_JWT_JWKS: 'http://login.example.com/keys',
    };
    expect(configProblems({ ...hubSpot, ...jwt })).toEqual([
      'GATEWAY_JWT_JWKS: must be https for a public host, or GATEWAY_ALLOW_HTTP=true',
    ]);
  });

  test.each([
    ['GATEWAY_DEADLINE_SECOND', 'GATEWAY_DEADLINE_SECONDS'],
    ['GATEWAY_REDIS_URI', 'GATEWAY_REDIS_URL'],
    ['HUBSPOT_TOKN', 'HUBSPOT_TOKEN'],
    ['SANDBOX_FAULT', 'SANDBOX_FAULTS'],
    ['ORGANIZATION_URLS', 'ORGANIZATION_URL'],
  ])('with %s, which is no setting', (name, meant) => {
    expect(configProblems({ [name]: '1' })).toContain(`${name}: is no setting; did you mean ${meant}?`);
  });

  test('with a name that is like none', () => {
    expect(configProblems({ GATEWAY_MOON_PHASE_OF_TODAY: 'full' })).toEqual([
      'GATEWAY_MOON_PHASE_OF_TODAY: is no setting',
    ]);
  });
});

test.each([
  'http://127.0.0.1:1',
  'http://localhost',
  'http://hubspot-stub:8080',
  'http://stub.crm.svc',
  'http://10.1.2.3',
  'http://172.31.0.1',
  'http://[::1]:1',
  'https://api.hubapi.com',
])('an upstream at %s may be used', (url) => {
  expect(() => readConfig({ ...hubSpot, HUBSPOT_URL: url })).not.toThrow();
});

test('what Kubernetes sets for services of such names is no setting, and no problem', () => {
  const env = {
    GATEWAY_SERVICE_HOST: '10.0.0.1',
    GATEWAY_SERVICE_PORT_HTTP: '80',
    GATEWAY_PORT: 'tcp://10.0.0.1:80',
    GATEWAY_PORT_80_TCP_ADDR: '10.0.0.1',
    SANDBOX_PORT_4010_TCP: 'tcp://10.0.0.2:4010',
  };
  expect(() => readConfig(env)).not.toThrow();
});
