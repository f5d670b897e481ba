import { PipelineFault, upstreamProblem } from '../domain/problems.ts';
import type { Call, PipelineSource } from './source.ts';

/** What a caller of a turn waits with: its deadline, and the name that failures bear. */
export type TurnCall = Pick<Call, 'signal' | 'timeLeftMs'>;

/** Lets writes of one place happen one after the other, first come first served; those of different places go side by side. */
interface WriteTurns {
  /**
   * Does `work` once all earlier work of the place is over. Rejects with UPSTREAM_TIMEOUT, and never begins, if the caller's
   * time ends before its turn.
   */
  take<T>(place: string, sourceName: string, call: TurnCall, work: () => Promise<T>): Promise<T>;
}

/** What keeps the other processes of the fleet from a place while work goes on there. */
export interface FleetLease {
  /** Does `work` while no other process holds the place; without the fleet's store at once. */
  hold<T>(place: string, call: TurnCall, work: () => Promise<T>): Promise<T>;
}

/** The turns of this process, and of the fleet if there is a lease. */
export function createWriteTurns(lease: FleetLease | null): WriteTurns {
  /** For each place that is in use, what ends with the last work that was asked for. */
  const lasts = new Map<string, Promise<void>>();
  return {
    async take(place, sourceName, call, work) {
      const before = lasts.get(place);
      const turn = Promise.withResolvers<void>();
      const last = before === undefined ? turn.promise : before.then(() => turn.promise);
      lasts.set(place, last);
      try {
        if (before !== undefined) await orEnd(before, call);
        if (call.signal.aborted) throw new TurnMissed();
        return await (lease === null ? work() : lease.hold(place, call, work));
      } catch (error) {
        throw error instanceof TurnMissed ? missed(sourceName) : error;
      } finally {
        turn.resolve();
        void last.then(() => {
          if (lasts.get(place) === last) lasts.delete(place);
        });
      }
    },
  };
}

/** Thrown by whoever waits for a place in vain until the caller's time is over. */
export class TurnMissed extends Error {
  override readonly name = 'TurnMissed';
}

/** Waits for what is before, but no longer than the caller can. */
async function orEnd(before: Promise<void>, { signal }: TurnCall): Promise<void> {
  if (signal.aborted) throw new TurnMissed();
  const ended = Promise.withResolvers<never>();
  const end = (): void => ended.reject(new TurnMissed());
  signal.addEventListener('abort', end, { once: true });
  try {
    await Promise.race([before, ended.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function missed(sourceName: string): PipelineFault {
  const message = 'Other writes of the same pipeline took all the time that there was; nothing was sent.';
  return new PipelineFault([upstreamProblem('UPSTREAM_TIMEOUT', message)], sourceName);
}

/**
 * A source whose pipelines are written in turns. Sources of one `account` share them. Without one, a source is an account of
 * its own, or several if its callers bring their own credentials: each credential one.
 */
export function withTurns(
  source: Omit<PipelineSource, 'inTurn'>,
  turns: WriteTurns,
  account: string | null,
): PipelineSource {
  const accountOf = ({ credential }: Call): readonly string[] => {
    if (account !== null) return [account];
    return source.credential.mode === 'static' ? [source.name, ''] : [source.name, credential.hash];
  };
  return {
    ...source,
    inTurn: ({ objectType, pipelineId }, call, work) =>
      turns.take(JSON.stringify([accountOf(call), objectType, pipelineId]), source.name, call, work),
  };
}
