import type { IncomingHttpHeaders } from 'node:http';
import type { StaleRead } from '../domain/page.ts';
import type { Sources, Call, PipelineSource } from '../sources/source.ts';
import type { RequestTelemetry } from '../telemetry/request-telemetry.ts';
import type { Caller } from './caller.ts';
import { readCredential } from './credentials.ts';
import { openLoaders } from './loaders.ts';
import type { Loaders } from './loaders.ts';
import { openSnapshotReads } from './snapshot-reads.ts';
import type { SnapshotReads } from './snapshot-reads.ts';

/** What the resolvers of one request work with. */
export interface Context {
  readonly telemetry: RequestTelemetry;
  /** Null where everybody is let in. */
  readonly caller: Caller | null;
  readonly mayReadSdl: boolean;
  readonly sources: Sources;
  readonly loaders: Loaders;
  readonly snapshotReads: SnapshotReads;
  /** When the request came. */
  readonly now: Date;
  /** What to call a source with for this request; a PipelineFault where the caller brought no credential that it needs. */
  readonly callFor: (source: PipelineSource) => Call;
  /** What was served although it is old, because the upstream failed. */
  readonly stale: ReadonlyMap<string, StaleRead>;
  /** Ends what is asked of upstreams, as nobody wants the answer any more; nothing once a write has left. */
  readonly abandon: () => void;
}

interface RequestFacts {
  readonly telemetry: RequestTelemetry;
  readonly caller: Caller | null;
  readonly mayReadSdl: boolean;
  readonly headers: IncomingHttpHeaders;
  /** Fires when the client goes away. */
  readonly clientDisconnect: AbortSignal;
  /** How long the operation may take, counted from now. */
  readonly deadlineMs: number;
}

/** Time that is kept back from the deadline, so that the answer itself leaves before it. */
const answerShare = 0.02;

/** Opens the context of one request. */
export function openContext(
  sources: Sources,
  { headers, clientDisconnect, deadlineMs, ...facts }: RequestFacts,
): Context {
  const timeMs = Math.ceil(deadlineMs * (1 - answerShare));
  const endsAt = performance.now() + timeMs;
  const { signal, stay, abandon } = openSignal(timeMs, clientDisconnect);
  const reading = isNoCache(headers['cache-control']) ? 'through' : 'stored';
  const stale = new Map<string, StaleRead>();
  const snapshotReads = openSnapshotReads();
  const calls = new Map<PipelineSource, Call>();
  const callFor = (source: PipelineSource): Call => {
    const known = calls.get(source);
    if (known !== undefined) return known;
    const call: Call = {
      credential: readCredential(source, headers),
      signal,
      timeLeftMs: () => endsAt - performance.now(),
      reading,
      isBackground: false,
      noteWriteLeft: stay,
      noteKept: () => {},
      noteSnapshot: (read) => snapshotReads.note(source, read),
      missed: [],
      observer: facts.telemetry,
      noteStale: (read) => stale.set(JSON.stringify([read.sourceName, read.objectType]), read),
    };
    calls.set(source, call);
    return call;
  };
  const loaders = openLoaders(callFor);
  return { ...facts, now: new Date(), sources, loaders, snapshotReads, callFor, stale, abandon };
}

/**
 * Fires at the deadline, or when the client hangs up. After `stay` a hang-up counts no more. A write that has left is seen to
 * its end, for what it did half way would be nobody's wish.
 */
function openSignal(
  timeMs: number,
  clientDisconnect: AbortSignal,
): { readonly signal: AbortSignal; readonly stay: () => void; readonly abandon: () => void } {
  const controller = new AbortController();
  let stays = false;
  const leave = (): void => {
    if (!stays) controller.abort();
  };
  // Joining signals of the platform costs several times as much.
  setTimeout(() => controller.abort(), timeMs).unref();
  if (clientDisconnect.aborted) leave();
  clientDisconnect.addEventListener('abort', leave, { once: true });
  const stay = (): void => {
    stays = true;
    clientDisconnect.removeEventListener('abort', leave);
  };
  return { signal: controller.signal, stay, abandon: leave };
}

/** Whether a request wants nothing that was kept (RFC 9111, 5.2.1.4). */
export function isNoCache(header: string | undefined): boolean {
  return header?.split(',').some((directive) => directive.trim().toLowerCase() === 'no-cache') === true;
}
