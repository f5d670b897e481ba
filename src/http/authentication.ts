import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Caller } from '../context/caller.ts';
import { RequestError } from '../graphql/request-error.ts';
import type { AccessSettings, ApiKey } from './access-settings.ts';
import { isSecret } from './secret.ts';
import { createTokenCheck, KeysUnavailableError } from './token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request; null where everybody is let in. */
    caller: Caller | null;
  }
}

/**
 * Lets nobody reach the routes of `app` who does not prove who they are, where keys or tokens are configured. The proof is
 * looked at before the body is read. Refusals are GraphQL errors: 401, or 503 while the keys for tokens cannot be had.
 */
export function requireCaller(app: FastifyInstance, access: AccessSettings, log: FastifyBaseLogger): void {
  app.decorateRequest('caller', null);
  if (access.apiKeys.length === 0 && access.jwt === null) return;
  const findCaller = createCallerSearch(access);
  const challenge = toChallenge(access);
  app.addHook('onRequest', async (request, reply) => {
    try {
      request.caller = await findCaller(request.headers);
    } catch (error) {
      if (!(error instanceof KeysUnavailableError)) throw error;
      log.error({ err: error }, 'nobody with a token is let in');
      throw new RequestError(503, 'UNAUTHENTICATED', 'Tokens cannot be checked at the moment.');
    }
    if (request.caller !== null) return;
    void reply.header('www-authenticate', challenge);
    throw new RequestError(401, 'UNAUTHENTICATED', `This needs ${describeProofs(access)}.`);
  });
}

/** Whether a request may ask for the SDL: it brings the secret, or there is none. */
export function mayReadSdl(headers: IncomingHttpHeaders, { sdlSecret }: AccessSettings): boolean {
  if (sdlSecret === null) return true;
  const secret = headers['x-gateway-sdl-secret'];
  return typeof secret === 'string' && isSecret(secret, sdlSecret);
}

/** A key decides where one is sent, else a token; null where there is neither, or the one that decides is not valid. */
function createCallerSearch({ apiKeys, jwt }: AccessSettings) {
  const checkToken = jwt === null ? null : createTokenCheck(jwt);
  return async (headers: IncomingHttpHeaders): Promise<Caller | null> => {
    const key = headers['x-api-key'];
    if (typeof key === 'string' && apiKeys.length > 0) return findKey(apiKeys, key);
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    return checkToken === null || token === undefined ? null : checkToken(token);
  };
}

function findKey(apiKeys: readonly ApiKey[], key: string): Caller | null {
  // Every key is looked at, so that the time tells nothing about which one it was.
  const [found] = apiKeys.filter(({ hash }) => isSecret(key, hash));
  return found ?? null;
}

function describeProofs({ apiKeys, jwt }: AccessSettings): string {
  const proofs = [
    ...(apiKeys.length > 0 ? ['a valid API key in the header x-api-key'] : []),
    ...(jwt === null ? [] : ['a valid bearer token in the header authorization']),
  ];
  return proofs.join(' or ');
}

/** RFC 9110 wants to be told which schemes there are; ApiKey is no registered one. */
function toChallenge({ apiKeys, jwt }: AccessSettings): string {
  return [...(jwt === null ? [] : ['Bearer']), ...(apiKeys.length > 0 ? ['ApiKey'] : [])]
    .map((scheme) => `${scheme} realm="pipeline-gateway"`)
    .join(', ');
}
