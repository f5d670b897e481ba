import { Refusal } from './refusal.js';
import { isSecret } from './secret.js';
import { createTokenCheck, KeysUnavailableError } from './token.js';
/**
 * Lets nobody reach the routes of `app` who does not prove who they are, where keys or tokens are configured. The proof is
 * looked at before the body is read. Refusals are GraphQL errors: 401, or 503 while the keys for tokens cannot be had.
 */
export function requireCaller(app, access, log) {
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
      throw new Refusal(503, 'UNAUTHENTICATED', 'Tokens cannot be checked at the moment.');
    }
    if (request.caller !== null) return;
    void reply.header('www-authenticate', challenge);
    throw new Refusal(401, 'UNAUTHENTICATED', `This needs ${describeProofs(access)}.`);
  });
}
/** A key decides where one is sent, else a token; null where there is neither, or the one that decides is not valid. */
function createCallerSearch({ apiKeys, jwt }) {
  const checkToken = jwt === null ? null : createTokenCheck(jwt);
  return async (headers) => {
    const key = headers['x-api-key'];
    if (typeof key === 'string' && apiKeys.length > 0) return findKey(apiKeys, key);
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    return checkToken === null || token === undefined ? null : checkToken(token);
  };
}
function findKey(apiKeys, key) {
  // Every key is looked at, so that the time tells nothing about which one it was.
  const [found] = apiKeys.filter(({ hash }) => isSecret(key, hash));
  return found ?? null;
}
function describeProofs({ apiKeys, jwt }) {
  const proofs = [
    ...(apiKeys.length > 0 ? ['a valid API key in the header x-api-key'] : []),
    ...(jwt === null ? [] : ['a valid bearer token in the header authorization']),
  ];
  return proofs.join(' or ');
}
/** RFC 9110 wants to be told which schemes there are; ApiKey is no registered one. */
function toChallenge({ apiKeys, jwt }) {
  return [...(jwt === null ? [] : ['Bearer']), ...(apiKeys.length > 0 ? ['ApiKey'] : [])]
    .map((scheme) => `${scheme} realm="pipeline-gateway"`)
    .join(', ');
}
