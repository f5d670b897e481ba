import { setTimeout as sleep } from 'node:timers/promises';
import type { Collection } from '../context/collections.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { afterWrite, PipelineFault, upstreamProblem } from '../domain/problems.ts';
import { toRevision } from '../domain/revision.ts';
import type { Call } from '../sources/source.ts';

/** How long is waited before each further read of a write that the first one does not show, in milliseconds. */
const readAgainAfterMs = [100, 300];
/** Time that is left for the answer itself, so that waiting for proof does not end in a time-out. */
const answerMs = 500;

interface Proof {
  readonly before: Pipeline | null;
  /** Whether the upstream may only be slow, if a read shows the state from before. */
  readonly maySettle: boolean;
  readonly isAsAsked: (read: Pipeline | null) => boolean;
  /** Told of each read, so that the payload shows the last one whatever comes of the proof. */
  readonly note: (read: Pipeline | null) => void;
}

/**
 * Reads a pipeline, null if it is gone, until it is as an acknowledged write was to make it. An
 * acknowledgement alone proves nothing: if no read shows the write, it is settling if the upstream may only be slow, and
 * else unknown.
 */
export async function proveWrite(
  collection: Collection,
  key: PipelineKey,
  call: Call,
  { before, maySettle, isAsAsked, note }: Proof,
): Promise<{ readonly after: Pipeline | null; readonly kind: 'proven' | 'settling' | 'unknown' }> {
  for (let again = 0; ; again += 1) {
    const delayMs = readAgainAfterMs[again];
    const read = await readBack(collection, key, call);
    note(read);
    if (isAsAsked(read)) return { after: read, kind: 'proven' };
    if (delayMs === undefined || call.timeLeftMs() < delayMs + answerMs) {
      return { after: read, kind: maySettle && isSame(before, read) ? 'settling' : 'unknown' };
    }
    await sleep(delayMs, undefined, { signal: call.signal }).catch(() => {});
  }
}

/** What an acknowledged write ends with that no read shows. */
export function notShown(sourceName: string): PipelineFault {
  const message = 'The upstream acknowledged the write, but a read does not show it.';
  const problem = upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { mayHaveBeenApplied: true });
  return new PipelineFault([problem], sourceName);
}

function isSame(before: Pipeline | null, read: Pipeline | null): boolean {
  return before === null || read === null ? before === read : toRevision(before) === toRevision(read);
}

/** The pipeline as it reads after a write that stopped half way; null if it is gone or cannot be read. */
export async function readAfterFailure(
  { source, objectType }: Collection,
  key: PipelineKey,
  call: Call,
): Promise<Pipeline | null> {
  return source.readPipeline(objectType, key, call).catch(() => null);
}

/** The pipeline as a read after an acknowledged write shows it. */
async function readBack({ source, objectType }: Collection, key: PipelineKey, call: Call): Promise<Pipeline | null> {
  try {
    return await source.readPipeline(objectType, key, call);
  } catch (error) {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  }
}
