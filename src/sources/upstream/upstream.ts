import type { IncomingHttpHeaders } from 'node:http';
import { PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { SourceControls } from '../parts.ts';
import type { Call, RateLimit } from '../source.ts';
import { hasEnded } from '../sunset.ts';
import type { UpstreamAnswer } from './answer.ts';
import { withCircuitBreaker } from './circuit-breaker.ts';
import { createInFlightReads } from './in-flight-reads.ts';
import type { InFlightReads } from './in-flight-reads.ts';
import { toWindow } from './known-limits.ts';
import { withObservation } from './observation.ts';
import { createParsedBodies } from './parsed-bodies.ts';
import type { ParsedBodies } from './parsed-bodies.ts';
import { createRateLimiter } from './rate-limit.ts';
import { isGone, noSuchList, toRejectedProblem } from './rejection.ts';
import type { ApiVersion } from './rejection.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { withRetry } from './retry.ts';
import type { WindowLog } from './sliding-window.ts';
import { noSubject } from './subject.ts';
import type { Subject } from './subject.ts';
import { createTransport } from './transport.ts';
import type { Transport, TransportOptions, UpstreamRequest } from './transport.ts';

/** An upstream's API as its source calls it: every answer is either what `parse` makes of it or a PipelineFault. */
export interface Upstream {
  /**
   * Reads; equal reads in flight share one call. Null on 404. A body that `parse` throws at is UPSTREAM_CONTRACT. A body
   * that is the same as at the last such read gives the same object again, unparsed.
   */
  read<T extends object | null>(
    request: Readable,
    subject: Subject,
    parse: (body: unknown) => T,
    call: Call,
  ): Promise<T | null>;
  /** Reads a list, in the same way but for its 404, which says nothing about any one object: that is UPSTREAM_REJECTED. */
  readList<T extends object>(request: Readable, parse: (body: unknown) => T, call: Call): Promise<T>;
  /** Writes. Null where the upstream acknowledged the write with a body that `parse` throws at. */
  write<T>(request: Writable, subject: Subject, parse: (body: unknown) => T, call: Call): Promise<T | null>;
  readonly controls: SourceControls;
}

type Readable = Pick<UpstreamRequest, 'path' | 'query'>;
type Writable = UpstreamRequest & { readonly method: Exclude<UpstreamRequest['method'], 'GET'> };

/** What one kind of source knows of its API. */
interface UpstreamApi extends TransportOptions {
  readonly apiVersion: ApiVersion;
  readonly retryPolicy: RetryPolicy;
  /** A read that costs little, to see whether the upstream is back. */
  readonly probe: Readable;
  /** The rate limits that an answer's headers report. */
  readonly readRateLimits?: (headers: IncomingHttpHeaders) => readonly RateLimit[];
  /** Rate limits that the configuration names. */
  readonly rateLimits?: readonly Omit<RateLimit, 'remaining'>[] | undefined;
}

/** What all sources of one process share. */
export interface UpstreamOptions {
  /** What was sent to the upstreams lately, with which credential. */
  readonly windowLog: WindowLog;
  /** How long a failing upstream is left alone. */
  readonly circuitRetryMs: number;
}

/** Connects to an API. Every call keeps within its rate limits, leaves it alone while it fails, and is tried again where that is safe. */
export function createUpstream(api: UpstreamApi, options: UpstreamOptions): Upstream {
  const { transport, guarded, rateLimited } = stackTransports(api, options);
  const reads = createInFlightReads(api.sourceName);
  const connection: Connection = { ...api, transport, reads, parsed: createParsedBodies() };
  return {
    read: (...call) => read(connection, ...call),
    readList: (...call) => readList(connection, ...call),
    write: (...call) => write(connection, ...call),
    controls: {
      async status(credential) {
        const rateLimits = credential === null ? [] : await rateLimited.rateLimits(credential);
        return { circuit: guarded.circuit(), rateLimits };
      },
      scarcestRateLimits: () => rateLimited.scarcestRateLimits(),
      forgetReads: () => reads.forget(),
      close: () => transport.close(),
    },
  };
}

/** Retry → pace → circuit breaker → admit → observe → transport: the first is the one to send with. */
function stackTransports(api: UpstreamApi, { windowLog, circuitRetryMs }: UpstreamOptions) {
  const { sourceName, retryPolicy } = api;
  const rateLimiter = createRateLimiter(sourceName, {
    log: windowLog,
    configured: (api.rateLimits ?? []).map(toWindow),
    readReports: api.readRateLimits ?? (() => []),
  });
  const observed = withObservation(createTransport(api), api);
  const guarded = withCircuitBreaker(rateLimiter.admit(observed), {
    retryMs: circuitRetryMs,
    probe: { method: 'GET', ...api.probe },
  });
  const rateLimited = rateLimiter.pace(guarded);
  const transport = withRetry(rateLimited, {
    policy: retryPolicy,
    onLongWait: ({ status }, ms, call) => rateLimited.holdFor(status, ms, call),
  });
  return { transport, guarded, rateLimited };
}

/** What the calls of one upstream share. */
interface Connection extends Pick<UpstreamApi, 'sourceName' | 'retryPolicy' | 'apiVersion'> {
  readonly transport: Transport;
  readonly reads: InFlightReads;
  readonly parsed: ParsedBodies;
}

function read<T extends object | null>(
  connection: Connection,
  request: Readable,
  subject: Subject,
  parse: (body: unknown) => T,
  call: Call,
): Promise<T | null> {
  return get(connection, request, call, (answer) =>
    answer.status === 404 ? null : parseAnswer(connection, { request, subject, parse, call }, answer),
  );
}

function readList<T extends object>(
  connection: Connection,
  request: Readable,
  parse: (body: unknown) => T,
  call: Call,
): Promise<T> {
  const { sourceName, apiVersion } = connection;
  return get(connection, request, call, (answer) => {
    const missing = () => new PipelineFault([noSuchList(answer, apiVersion)], sourceName);
    if (isGone(answer)) throw missing();
    try {
      return parseAnswer(connection, { request, subject: noSubject, parse, call }, answer);
    } catch (error) {
      // What stands in the place of an API that has ended may be a page that says so.
      throw isSuccess(answer) && hasEnded(apiVersion, new Date()) ? missing() : error;
    }
  });
}

function get<T>(
  { transport, reads }: Connection,
  request: Readable,
  call: Call,
  take: (answer: UpstreamAnswer) => T,
): Promise<T> {
  return reads.join(JSON.stringify(request), call, async (shared) =>
    take(await transport.send({ method: 'GET', ...request }, shared)),
  );
}

/** A read, with what is made of its answer. */
interface ParsedRead<T> {
  readonly request: Readable;
  readonly subject: Subject;
  readonly parse: (body: unknown) => T;
  readonly call: Call;
}

function parseAnswer<T extends object | null>(
  connection: Connection,
  { request, subject, parse, call }: ParsedRead<T>,
  answer: UpstreamAnswer,
): T {
  if (!isSuccess(answer)) throw toFault(connection, answer, subject, false);
  try {
    return connection.parsed.parse(`${call.credential.hash} ${JSON.stringify(request)}`, answer, parse);
  } catch {
    throw new PipelineFault([brokenContract(answer.status)], connection.sourceName);
  }
}

async function write<T>(
  connection: Connection,
  request: Writable,
  subject: Subject,
  parse: (body: unknown) => T,
  call: Call,
): Promise<T | null> {
  const { transport, reads } = connection;
  // A read that began before the write, or during it, may show the state before it.
  reads.forget();
  const answer = await transport.send(request, call).finally(() => reads.forget());
  if (!isSuccess(answer)) throw toFault(connection, answer, subject, true);
  try {
    return parse(answer.body);
  } catch {
    call.noteOddAnswer?.();
    return null;
  }
}

function toFault(connection: Connection, answer: UpstreamAnswer, subject: Subject, isWrite: boolean): PipelineFault {
  return new PipelineFault([toRejectedProblem(answer, { ...connection, isWrite, subject })], connection.sourceName);
}

/** An answer that is not what the upstream's API documents. */
function brokenContract(status: number | null, mayHaveBeenApplied = false) {
  const message = 'The upstream answered in a form that its API does not document.';
  return upstreamProblem('UPSTREAM_CONTRACT', message, { status, mayHaveBeenApplied });
}

/** Ends a create that the upstream acknowledged without saying which id the object has. */
export function newIdUnknown(sourceName: string): never {
  throw new PipelineFault([brokenContract(null, true)], sourceName);
}

/** What is made of a write's answer that says nothing that a later read would not show better. */
export function ignoreAnswer(): void {}

function isSuccess({ status }: UpstreamAnswer): boolean {
  return status >= 200 && status < 300;
}
