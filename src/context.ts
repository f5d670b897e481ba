import type { IncomingHttpHeaders } from 'node:http';
import type { Sources } from './addressing.ts';
import { readCredential } from './credentials.ts';
import type { Caller } from './http/caller.ts';
import { openLookups } from './lookups.ts';
import type { Lookups } from './lookups.ts';
import type { Call, PipelineSource } from './sources/source.ts';
import type { RequestTelemetry } from './telemetry/request-telemetry.ts';

/** What the resolvers of one request work with. */
export interface Context {
  readonly telemetry: RequestTelemetry;
  /** Null where everybody is let in. */
  readonly caller: Caller | null;
  readonly mayReadSdl: boolean;
  readonly sources: Sources;
  readonly lookups: Lookups;
  /** When the request came. */
  readonly now: Date;
  /** What to call a source with for this request; a PipelineFault where the caller brought no credential that it needs. */
  readonly callFor: (source: PipelineSource) => Call;
}

export interface RequestFacts {
  readonly telemetry: RequestTelemetry;
  readonly caller: Caller | null;
  readonly mayReadSdl: boolean;
  readonly headers: IncomingHttpHeaders;
  /** How long the operation may take, counted from now. */
  readonly deadlineMs: number;
}

/** Time that is kept back from the deadline, so that the answer itself leaves before it. */
const answerShare = 0.02;

/** Opens the context of one request. */
export function openContext(sources: Sources, { headers, deadlineMs, ...facts }: RequestFacts): Context {
  const signal = AbortSignal.timeout(Math.ceil(deadlineMs * (1 - answerShare)));
  const calls = new Map<PipelineSource, Call>();
  const callFor = (source: PipelineSource): Call => {
    const known = calls.get(source);
    if (known !== undefined) return known;
    const call: Call = { credential: readCredential(source, headers), signal, fresh: false, observer: facts.telemetry };
    calls.set(source, call);
    return call;
  };
  return { ...facts, now: new Date(), sources, lookups: openLookups(callFor), callFor };
}
