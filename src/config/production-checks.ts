import { isIP } from 'node:net';
import type { SourceSettings } from '../sources/index.ts';
import type { Environment } from './environment.ts';
import { modeVariables } from './mode.ts';
import { isAnySourceSet } from './sources.ts';

/** As long as a random key of 64 bits in hexadecimal digits. */
const shortestKey = 16;
const placeholder = /replace-me|change-?me|your-(?:token|key)/i;

/** What must not go into production, a sentence for each; only that keys are short is no problem in development mode. */
export function listProductionProblems(env: Environment, sources: readonly SourceSettings[]): readonly string[] {
  return [
    ...listInventedData(env),
    ...(env['GATEWAY_MODE'] === 'production' ? listShortKeys(env) : []),
    ...listPlaceholders(env, sources),
    ...listOpenTransport(env, sources),
  ];
}

function isTrue(name: 'GATEWAY_SANDBOX' | 'GATEWAY_ALLOW_HTTP', env: Environment): boolean {
  return modeVariables[name].safeParse(env[name]).data === true;
}

function listInventedData(env: Environment): readonly string[] {
  if (isAnySourceSet(env) || isTrue('GATEWAY_SANDBOX', env)) return [];
  return ['GATEWAY_SOURCES: a source is needed in production mode; GATEWAY_SANDBOX=true serves invented data instead'];
}

function listShortKeys(env: Environment): readonly string[] {
  const entries = (env['GATEWAY_API_KEYS'] ?? '').split(',').map((entry) => entry.split(':')[1] ?? '');
  const isShort = (key: string): boolean => key !== '' && key.length < shortestKey;
  const keys = entries.some(isShort) ? ['GATEWAY_API_KEYS'] : [];
  const secret = isShort(env['GATEWAY_SDL_SECRET'] ?? '') ? ['GATEWAY_SDL_SECRET'] : [];
  return [...keys, ...secret].map((name) => `${name}: in production a key has at least ${shortestKey} characters`);
}

function listPlaceholders(env: Environment, sources: readonly SourceSettings[]): readonly string[] {
  const own = ['GATEWAY_API_KEYS', 'GATEWAY_SDL_SECRET'].filter((name) => placeholder.test(env[name] ?? ''));
  const tokens = sources
    .filter(({ credential }) => credential.mode === 'static' && placeholder.test(credential.token))
    .map(({ name }) => `token of the source "${name}"`);
  return [...own, ...tokens].map((name) => `${name}: is the placeholder of an example`);
}

function listOpenTransport(env: Environment, sources: readonly SourceSettings[]): readonly string[] {
  if (isTrue('GATEWAY_ALLOW_HTTP', env)) return [];
  const upstreams = sources.map(({ name, url }) => [`url of the source "${name}"`, url] as const);
  const urls = [...upstreams, ['GATEWAY_JWT_JWKS', env['GATEWAY_JWT_JWKS'] ?? ''] as const];
  return urls
    .filter(([, url]) => isOpenlyPublic(url))
    .map(([name]) => `${name}: must be https for a public host, or GATEWAY_ALLOW_HTTP=true`);
}

const privateNames = /^[^.]+$|\.(?:local|localhost|internal|svc|test|example|invalid)$/i;
/** RFC 1918, RFC 6598, loopback and link-local; for IPv6 loopback, unique local and link-local. */
const privateAddresses =
  /^(?:10|127)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^::1$|^f[cd]|^fe[89ab]/i;

function isOpenlyPublic(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:') return false;
  const host = url.hostname.replaceAll(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 ? !privateNames.test(host) : !privateAddresses.test(host);
}
