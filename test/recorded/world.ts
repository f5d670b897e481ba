import { onTestFinished } from 'vitest';
import { usualTimes } from '../support/cache-times.ts';
import { startReplica } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { hubSpotAt } from '../support/sources.ts';
import type { RecordedCase } from './corpus.ts';
import { startRecordedUpstream } from './upstream.ts';
import type { RecordedUpstream, Served } from './upstream.ts';

/** A gateway whose one source, `crm`, is answered from the corpus. */
export interface RecordedWorld extends Pick<TestGateway, 'ask' | 'logLines'> {
  readonly upstream: RecordedUpstream;
}

const keepsForAMinute = {
  ...usualTimes,
  freshMs: 60_000,
  staleMs: 60_000,
  staleOnErrorMs: 60_000,
  maxBytes: 1_000_000,
};

/** The path up to the object type. */
const prefix = /^\/(crm\/v3\/pipelines|crm\/pipelines\/[^/]+|crm-pipelines\/v1\/pipelines)\//;

/** The object type that a case is about, as its path or its query names it. */
export function objectTypeOf({ origin, request }: RecordedCase): string {
  if (origin.api === 'organization') return new URLSearchParams(request.query).get('type') ?? 'Contact';
  return request.path.replace(prefix, '').split('/')[0] ?? '';
}

interface WorldOptions {
  readonly objectTypes?: readonly string[];
  /** Whether the gateway keeps what it reads. */
  readonly isCached?: boolean;
  /** Told how to end each part, the upstream first; the running test ends them if left out. */
  readonly whenDone?: (close: () => Promise<void>) => void;
}

/** Starts an upstream with these cases, and a gateway on it that serves the object types of all of them. */
export async function openRecordedWorld(served: readonly Served[], options: WorldOptions = {}): Promise<RecordedWorld> {
  const cases = served.map((item) => ('at' in item ? item.as : item));
  // An answer at another place may be of another version.
  const { origin } = (served.find((item) => !('at' in item)) ?? cases[0]) as RecordedCase;
  const { objectTypes = [...new Set(cases.map(objectTypeOf))], isCached = false, whenDone = onTestFinished } = options;
  const upstream = await startRecordedUpstream(served, whenDone);
  const settings = {
    name: 'crm',
    kind: origin.api,
    objectTypes,
    ...(origin.api === 'hubspot' ? { apiVersion: origin.version } : {}),
  };
  const gateway = await startReplica(upstream.url, {
    // A circuit that opened for one answer would hide what the next one is about.
    resilience: { circuitRetryMs: 1, ...(isCached ? { cache: keepsForAMinute } : {}) },
    sources: (url) => [hubSpotAt(url, settings)],
  });
  whenDone(() => gateway.close());
  return {
    ask: (query, variables, headers) => gateway.ask(query, variables, headers),
    logLines: gateway.logLines,
    upstream,
  };
}
