import type { IncomingHttpHeaders } from 'node:http';
import { PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { SourceControls } from '../parts.ts';
import type { RateLimit } from '../source-status.ts';
import type { Call } from '../source.ts';
import { hasEnded } from '../sunset.ts';
import { toAnswer } from './answer.ts';
import type { UpstreamAnswer } from './answer.ts';
import { createInFlightReads } from './in-flight-reads.ts';
import type { InFlightReads } from './in-flight-reads.ts';
import { toConfiguredWindow } from './known-limits.ts';
import type { ScheduledRequest } from './lanes.ts';
import { withObservation } from './observation.ts';
import { createParsedBodies, noParsedBodies } from './parsed-bodies.ts';
import type { Parse, ParsedBodies } from './parsed-bodies.ts';
import type { WindowLog } from './rate-window.ts';
import { isGone, noSuchList, toRejectedProblem } from './rejection.ts';
import type { ApiVersion } from './rejection.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { sendWithRetry } from './retry.ts';
import { createScheduler } from './scheduler.ts';
import { createStatus } from './status.ts';
import { noSubject } from './subject.ts';
import type { Subject } from './subject.ts';
import { createTransport } from './transport.ts';
import type { TransportOptions, UpstreamRequest } from './transport.ts';

/** An upstream's API as its source calls it: every answer is either what `parse` makes of it or a PipelineFault. */
export interface Upstream {
  /**
   * Reads; equal reads in flight share one call. Null on 404. A body that `parse` throws at is UPSTREAM_CONTRACT. A body
   * that is the same as at the last such read gives the same object again, unparsed.
   */
  read<T extends object | null>(request: Readable, subject: Subject, parse: Parse<T>, call: Call): Promise<T | null>;
  /** Reads a list, in the same way but for its 404, which says nothing about any one object: that is UPSTREAM_REJECTED. */
  readList<T extends object>(request: Readable, parse: Parse<T>, call: Call): Promise<T>;
  /** Writes. Null where the upstream acknowledged the write with a body that `parse` throws at. */
  write<T>(request: Writable, subject: Subject, parse: (body: unknown) => T, call: Call): Promise<T | null>;
  readonly controls: SourceControls;
}

type Readable = Pick<ScheduledRequest, 'path' | 'query' | 'kind'>;
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
  /** How long an operation may take at most; ten seconds if left out. */
  readonly deadlineMs?: number;
  /** Whether an answer may be kept to recognize the next one by; yes if left out. */
  readonly keepsBodies?: boolean;
}

/** Of the time that an operation may take, what an upstream has to have had before its silence counts against it. */
const fairShare = 0.5;
const defaultDeadlineMs = 10_000;

/** Connects to an API. Every call keeps within its rate limits, leaves it alone while it fails, and is tried again where that is safe. */
export function createUpstream(api: UpstreamApi, options: UpstreamOptions): Upstream {
  const { windowLog: log, circuitRetryMs, deadlineMs = defaultDeadlineMs } = options;
  const transport = createTransport(api);
  const configured = api.rateLimits?.map(toConfiguredWindow)[0] ?? null;
  const scheduler = createScheduler({
    ...api,
    transport: withObservation(transport, api),
    log,
    configured,
    readReports: api.readRateLimits ?? (() => []),
    circuitRetryMs,
    fairTimeMs: deadlineMs * fairShare,
    probe: { method: 'GET', kind: 'list', ...api.probe },
  });
  const reads = createInFlightReads(api.sourceName);
  const send: Connection['send'] = (request, call) => sendWithRetry(scheduler, api.retryPolicy, request, call);
  const parsed = options.keepsBodies === false ? noParsedBodies : createParsedBodies();
  const connection: Connection = { ...api, send, reads, parsed };
  return {
    read: (...call) => read(connection, ...call),
    readList: (...call) => readList(connection, ...call),
    write: (...call) => write(connection, ...call),
    controls: {
      ...createStatus(scheduler, log),
      forgetReads: () => reads.forget(),
      close: () => transport.close(),
    },
  };
}

/** What the calls of one upstream share. */
interface Connection extends Pick<UpstreamApi, 'sourceName' | 'retryPolicy' | 'apiVersion'> {
  readonly send: (request: ScheduledRequest, call: Call) => Promise<UpstreamAnswer>;
  readonly reads: InFlightReads;
  readonly parsed: ParsedBodies;
}

function read<T extends object | null>(
  connection: Connection,
  request: Readable,
  subject: Subject,
  parse: Parse<T>,
  call: Call,
): Promise<T | null> {
  return get(connection, request, call, (answer) =>
    answer.status === 404 ? null : parseAnswer(connection, { request, subject, parse, call }, answer),
  );
}

function readList<T extends object>(
  connection: Connection,
  request: Readable,
  parse: Parse<T>,
  call: Call,
): Promise<T> {
  const { sourceName, apiVersion } = connection;
  return get(connection, { kind: 'list', ...request }, call, async (answer) => {
    const missing = () => new PipelineFault([noSuchList(answer, apiVersion)], sourceName);
    if (isGone(answer)) throw missing();
    try {
      return await parseAnswer(connection, { request, subject: noSubject, parse, call }, answer);
    } catch (error) {
      // What stands in the place of an API that has ended may be a page that says so.
      throw isSuccess(answer) && hasEnded(apiVersion, new Date()) ? missing() : error;
    }
  });
}

/** Those who join a read that was taken from another replica are told of its age as well. */
async function get<T>(
  { send, reads }: Connection,
  request: Readable,
  call: Call,
  take: (answer: UpstreamAnswer) => T | Promise<T>,
): Promise<T> {
  const key = JSON.stringify(request);
  const { result, readAt } = await reads.join(key, call, async (flight) => {
    const sendNow = (): Promise<UpstreamAnswer> => send({ method: 'GET', ...request }, flight);
    const answer = await (flight.shared === undefined ? sendNow() : flight.shared.ask(key, sendNow));
    if (!('sharedText' in answer)) return { result: await take(answer), readAt: null };
    // Nobody asks a success for its rejection.
    const shared = toAnswer(200, {}, answer.sharedText, () => ({}) as never, flight.signal);
    return { result: await take(shared), readAt: answer.readAt };
  });
  if (readAt !== null) call.shared?.noteReadAt(readAt);
  return result;
}

/** A read, with what is made of its answer. */
interface ParsedRead<T> {
  readonly request: Readable;
  readonly subject: Subject;
  readonly parse: Parse<T>;
  readonly call: Call;
}

async function parseAnswer<T extends object | null>(
  connection: Connection,
  { request, subject, parse, call }: ParsedRead<T>,
  answer: UpstreamAnswer,
): Promise<T> {
  if (!isSuccess(answer)) throw toFault(connection, answer, subject, null);
  try {
    return await connection.parsed.parse(`${call.credential.hash} ${JSON.stringify(request)}`, answer, parse);
  } catch (error) {
    const problem = error instanceof PipelineFault ? error.problems[0] : brokenContract(answer.status);
    throw new PipelineFault([problem], connection.sourceName);
  }
}

async function write<T>(
  connection: Connection,
  request: Writable,
  subject: Subject,
  parse: (body: unknown) => T,
  call: Call,
): Promise<T | null> {
  const { send, reads } = connection;
  // A read that began before the write, or during it, may show the state before it.
  reads.forget();
  let sends = 0;
  const noteSends = (count: number): void => {
    sends = count;
    call.noteSends?.(count);
  };
  const answer = await send(request, { ...call, noteSends }).finally(() => reads.forget());
  if (!isSuccess(answer)) throw Object.assign(toFault(connection, answer, subject, request), { sends });
  try {
    return parse(answer.body);
  } catch {
    call.noteOddAnswer?.();
    return null;
  }
}

/** What a refusal stands for; `written` is the write that was refused, null for a read. */
function toFault(
  connection: Connection,
  answer: UpstreamAnswer,
  subject: Subject,
  written: Writable | null,
): PipelineFault {
  const request = { ...connection, isWrite: written !== null, sent: written?.body, subject };
  return new PipelineFault([toRejectedProblem(answer, request)], connection.sourceName);
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
