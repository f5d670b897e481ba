import { Pool } from 'undici';
import { isAddressable } from '../ids.js';
import { invalidInput, PipelineFault, upstreamProblem } from '../problem.js';
/** Far above the largest list (hundreds of pipelines of 100 stages), far below what hurts the process. */
const maxResponseBytes = 16 * 1024 * 1024;
const connectTimeoutMs = 5_000;
/** Opens a pool of connections to `baseUrl`, whose path, if any, prefixes every request's. */
export function createTransport(sourceName, baseUrl) {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  // No time-outs of the pool's own: each call ends at its operation's deadline, which is finer.
  const pool = new Pool(origin, {
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxResponseBytes,
  });
  const dispatcher = pool.compose(noteDeparture);
  return {
    sourceName,
    async send(request, call, headers) {
      const path = prefix + toPath(request);
      const departure = { begun: false };
      try {
        const options = { ...toOptions(request, call, headers), origin, path, departure };
        // undici does not abort a request that still waits for a connection, so the deadline is raced as well.
        const response = await unlessAborted(dispatcher.request(options), call.signal);
        const body = await readBody(response, request, call.signal);
        return { status: response.statusCode, headers: response.headers, body };
      } catch (error) {
        throw new PipelineFault([toTransportProblem(error, request, call, departure)], sourceName);
      }
    },
    close: () => pool.destroy(),
  };
}
const noteDeparture = (dispatch) => (options, handler) => {
  const { departure } = options;
  const onRequestStart = handler.onRequestStart?.bind(handler);
  handler.onRequestStart = (controller, context) => {
    onRequestStart?.(controller, context);
    if (!controller.aborted) departure.begun = true;
  };
  return dispatch(options, handler);
};
function toOptions({ method, body }, { credential, signal }, more) {
  const headers = { ...more, accept: 'application/json', authorization: `Bearer ${credential.token}` };
  if (body === undefined) return { method, headers, signal };
  return { method, headers: { ...headers, 'content-type': 'application/json' }, signal, body: JSON.stringify(body) };
}
/** The path of a request with the names of its data in their place. */
export function toPathTemplate({ path }) {
  return path
    .map((segment) => `/${typeof segment === 'string' ? segment : `{${Object.keys(segment).join()}}`}`)
    .join('');
}
function toPath({ path, query = {} }) {
  const segments = path.flatMap((segment) => (typeof segment === 'string' ? segment : Object.values(segment)));
  const unaddressable = segments.find((segment) => !isAddressable(segment));
  if (unaddressable !== undefined) {
    throw new PipelineFault([invalidInput([], `${JSON.stringify(unaddressable)} cannot be part of an upstream path.`)]);
  }
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, `${value}`])).toString();
  const pathname = segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  return search === '' ? pathname : `${pathname}?${search}`;
}
/** The JSON of a body, or undefined. Rejects only where the body's loss leaves open what happened. */
async function readBody(response, { method }, signal) {
  try {
    const text = await unlessAborted(response.body.text(), signal);
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return undefined;
    const refused = response.statusCode >= 300;
    const acknowledged = method !== 'GET' && !signal.aborted;
    // A refusal's status says enough, and a write's 2xx is an acknowledgement even where the body was cut.
    if (refused || acknowledged) return undefined;
    throw error;
  }
}
function toTransportProblem(error, { method }, { signal }, departure) {
  if (method !== 'GET' && departure.begun) {
    return upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', 'The connection ended before the upstream answered the write.', {
      mayHaveBeenApplied: true,
    });
  }
  if (signal.aborted || codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT') return timedOut();
  return upstreamProblem('UPSTREAM_UNAVAILABLE', 'The upstream could not be reached, or cut the connection.');
}
/** What an operation answers whose deadline passed while it waited for an upstream. */
export function timedOut() {
  return upstreamProblem('UPSTREAM_TIMEOUT', 'The upstream did not answer within the deadline.');
}
/** Settles as `promise` does, or rejects with the signal's reason if that fires first. */
export async function unlessAborted(promise, signal) {
  // Whichever loses the race may still reject when nobody waits for it any more.
  promise.catch(() => {});
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
