import { isIPv4 } from 'node:net';
import type { SourceSettings } from '../sources/index.ts';
import type { Environment } from './environment.ts';
import { isAnySourceSet } from './sources.ts';

/** Whether the environment says who gets in, rightly or not. */
function hasInboundAuthentication(env: Environment): boolean {
  return env['GATEWAY_API_KEYS'] !== undefined || env['GATEWAY_JWT_JWKS'] !== undefined;
}

const jwtVariables = ['GATEWAY_JWT_JWKS', 'GATEWAY_JWT_ISSUER', 'GATEWAY_JWT_AUDIENCE'] as const;
/** The headers that hold the gateway's own credentials, each with the setting that makes it so. */
const ownHeaders = {
  authorization: 'GATEWAY_JWT_JWKS',
  'x-api-key': 'GATEWAY_API_KEYS',
  'x-gateway-sdl-secret': 'GATEWAY_SDL_SECRET',
} as const;

/** What is wrong with the settings together, a sentence for each. */
export function listAccessProblems(
  env: Environment,
  sources: readonly SourceSettings[],
  host: string,
): readonly string[] {
  const missing = jwtVariables.filter((name) => env[name] === undefined);
  const isPartial = missing.length > 0 && missing.length < jwtVariables.length;
  const clashes = sources.flatMap(({ name, credential }) => {
    const header = credential.mode === 'forward' ? credential.header.toLowerCase() : '';
    const setting = Object.hasOwn(ownHeaders, header) ? ownHeaders[header as keyof typeof ownHeaders] : null;
    if (setting === null || env[setting] === undefined) return [];
    return [`${setting}: the header ${header} cannot also hold the upstream token of the source "${name}"`];
  });
  return [
    ...listHostProblems(env, sources, host),
    ...(isPartial ? missing.map((name) => `${name}: is needed where tokens are let in`) : []),
    ...clashes,
    ...(env['GATEWAY_REDIS_SECRET'] !== undefined && env['GATEWAY_REDIS_URL'] === undefined
      ? ['GATEWAY_REDIS_SECRET: needs GATEWAY_REDIS_URL']
      : []),
  ];
}

function listHostProblems(env: Environment, sources: readonly SourceSettings[], host: string): readonly string[] {
  // The sandbox's sources have static tokens too.
  const hasStaticToken = !isAnySourceSet(env) || sources.some(({ credential }) => credential.mode === 'static');
  if (!hasStaticToken || hasInboundAuthentication(env) || isLoopback(host)) return [];
  return ['HOST: with a static upstream token and no inbound authentication only a loopback address is allowed'];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
