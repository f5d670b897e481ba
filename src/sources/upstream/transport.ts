import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { printExactJson } from '../../domain/exact-json.ts';
import { isAddressable } from '../../domain/ids.ts';
import { invalidInput, PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import { packageVersion } from '../../package/package.ts';
import type { Call } from '../source.ts';
import { toAnswer } from './answer.ts';
import type { PlainAnswer, UpstreamAnswer } from './answer.ts';
import { withoutToken } from './rejection.ts';
import type { Rejection } from './rejection.ts';

/** A part of a path: text of the API's own, or data such as an id by its documented name. */
export type PathSegment = string | Readonly<Record<string, string>>;

/** One request to an upstream. Path segments are raw: encoding them is done here and nowhere else. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: readonly PathSegment[];
  readonly query?: Readonly<Record<string, string | boolean>>;
  readonly body?: unknown;
}

/** Where an upstream listens, and what its refusals mean. */
export interface TransportOptions {
  readonly sourceName: string;
  /** Its path, if any, prefixes every request's. */
  readonly baseUrl: string;
  /** Knows the error bodies; the rejection may still hold the token, should the upstream have repeated it. */
  readonly readRejection: (answer: PlainAnswer) => Rejection;
}

/** JSON over HTTP to one upstream. */
export interface Transport {
  readonly sourceName: string;
  /**
   * Sends, with `headers` beside those that every request has, and gives the answer. If there is none, rejects with a
   * PipelineFault that says whether a write may have happened: it cannot have when nothing of the request left.
   */
  send(request: UpstreamRequest, call: Call, headers?: Readonly<Record<string, string>>): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

/** No answer came. */
export class TransportFault extends PipelineFault {
  /** Whether any part of the request left this process. */
  readonly hasDeparted: boolean;

  constructor(problems: PipelineFault['problems'], sourceName: string, hasDeparted: boolean) {
    super(problems, sourceName);
    this.hasDeparted = hasDeparted;
  }
}

/** Far above the largest list (hundreds of pipelines of 100 stages), far below what hurts the process. */
const maxResponseBytes = 16 * 1024 * 1024;
/** Far above what a refusal says, with the ids of thousands of records in a stage. */
const maxRefusalBytes = 1024 * 1024;
const connectTimeoutMs = 5_000;

/** Opens a pool of connections. */
export function createTransport({ sourceName, baseUrl, readRejection }: TransportOptions): Transport {
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
    async send(request, call, headers = {}) {
      const path = prefix + toPath(request);
      const departure: Departure = { begun: false, onBegin: request.method === 'GET' ? null : call.noteWriteLeft };
      try {
        const options = { ...toOptions(request, call, headers), origin, path, departure };
        // undici does not abort a request that still waits for a connection, so the deadline is raced as well.
        const response = await unlessAborted(dispatcher.request(options), call.signal);
        const text = await readText(response, request, call.signal);
        const readSafely = (answer: PlainAnswer) => withoutToken(readRejection(answer), call.credential.token);
        return toAnswer(response.statusCode, response.headers, text, readSafely, call.signal);
      } catch (error) {
        throw new TransportFault([toTransportProblem(error, request, call, departure)], sourceName, departure.begun);
      }
    },
    close: () => pool.destroy(),
  };
}

/** Whether a request has begun to leave this process. */
interface Departure {
  begun: boolean;
  readonly onBegin: (() => void) | null;
}

const noteDeparture: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { departure } = options as Dispatcher.DispatchOptions & { readonly departure: Departure };
  const onRequestStart = handler.onRequestStart?.bind(handler);
  handler.onRequestStart = (controller, context) => {
    onRequestStart?.(controller, context);
    if (controller.aborted) return;
    departure.begun = true;
    departure.onBegin?.();
  };
  return dispatch(options, handler);
};

/** Upstreams sit behind proxies that turn requests away which do not say who sends them. */
const userAgent = `pipeline-gateway/${packageVersion}`;

function toOptions(
  { method, body }: UpstreamRequest,
  { credential, signal }: Call,
  more: Readonly<Record<string, string>>,
) {
  const headers = {
    ...more,
    accept: 'application/json',
    authorization: `Bearer ${credential.token}`,
    'user-agent': userAgent,
  };
  if (body === undefined) return { method, headers, signal };
  return { method, headers: { ...headers, 'content-type': 'application/json' }, signal, body: printExactJson(body) };
}

/** The path of a request with the names of its data in their place. */
export function toPathTemplate({ path }: UpstreamRequest): string {
  return path
    .map((segment) => `/${typeof segment === 'string' ? segment : `{${Object.keys(segment).join()}}`}`)
    .join('');
}

function toPath({ path, query = {} }: UpstreamRequest): string {
  const segments = path.flatMap((segment) => (typeof segment === 'string' ? segment : Object.values(segment)));
  const unaddressable = segments.find((segment) => !isAddressable(segment));
  if (unaddressable !== undefined) {
    throw new PipelineFault([invalidInput([], `${JSON.stringify(unaddressable)} cannot be part of an upstream path.`)]);
  }
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, `${value}`]),
  ).toString();
  const pathname = segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  return search === '' ? pathname : `${pathname}?${search}`;
}

/** The body's text, or null. Rejects only if the body's loss leaves open what happened. */
async function readText(
  response: Dispatcher.ResponseData,
  { method }: UpstreamRequest,
  signal: AbortSignal,
): Promise<string | null> {
  const reading = response.statusCode < 300 ? response.body.text() : readShortText(response.body);
  try {
    return await unlessAborted(reading, signal);
  } catch (error) {
    if (codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return null;
    const refused = response.statusCode >= 300;
    const acknowledged = method !== 'GET' && !signal.aborted;
    // A rejection's status says enough, and a write's 2xx is an acknowledgement even if the body was cut.
    if (refused || acknowledged) return null;
    throw error;
  }
}

/** The text of a refusal; null if it is too long. The connection then ends, and what is left of it stays unread. */
async function readShortText(body: Dispatcher.ResponseData['body']): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxRefusalBytes) return null;
  }
  return Buffer.concat(chunks).toString();
}

function toTransportProblem(
  error: unknown,
  { method }: UpstreamRequest,
  { signal }: Call,
  departure: Departure,
): Problem {
  if (method !== 'GET' && departure.begun) {
    return upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', 'The connection ended before the upstream answered the write.', {
      mayHaveBeenApplied: true,
    });
  }
  if (signal.aborted || codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT') return timedOut();
  return upstreamProblem('UPSTREAM_UNAVAILABLE', 'The upstream could not be reached, or cut the connection.');
}

/** What an operation answers whose deadline passed while it waited for an upstream. */
export function timedOut(): Problem {
  return upstreamProblem('UPSTREAM_TIMEOUT', 'The upstream did not answer within the deadline.');
}

/** Settles as `promise` does, or rejects with the signal's reason if that fires first. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Whichever loses the race may still reject when nobody waits for it any more.
  promise.catch(() => {});
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
