import { PipelineFault } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import { timedOut, unlessAborted } from './transport.ts';

/** Lets equal reads that are in flight at the same moment share one upstream call. */
export interface InFlightReads {
  /**
   * Joins the flight of `key`, or begins it. A caller whose deadline passes leaves alone. The flight is aborted when the
   * last caller has left, and may take as long as the most patient one. Reads that go through join such reads only, and
   * those that are alone none.
   */
  join<T>(key: string, call: Call, begin: (call: Call) => Promise<T>): Promise<T>;
  /** From now on nobody joins what is in flight, because a write may have made it old. */
  forget(): void;
}

interface Flight {
  readonly promise: Promise<unknown>;
  readonly controller: AbortController;
  readonly callers: Set<Call>;
}

/** Shares the reads of one source. */
export function createInFlightReads(sourceName: string): InFlightReads {
  const flights = new Map<string, Flight>();

  function begin(key: string, call: Call, start: (call: Call) => Promise<unknown>): Flight {
    const controller = new AbortController();
    const callers = new Set<Call>();
    const timeLeftMs = (): number => Math.max(call.timeLeftMs(), ...[...callers].map((caller) => caller.timeLeftMs()));
    const promise = start({ ...call, signal: controller.signal, timeLeftMs });
    const flight: Flight = { promise, controller, callers };
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    promise.then(land, land);
    controller.signal.addEventListener('abort', land, { once: true });
    flights.set(key, flight);
    return flight;
  }

  return {
    async join<T>(key: string, call: Call, start: (call: Call) => Promise<T>): Promise<T> {
      if (call.reading === 'alone') return start(call);
      const sharedKey = `${call.reading} ${call.credential.hash} ${key}`;
      const flight = flights.get(sharedKey) ?? begin(sharedKey, call, start);
      // One operation may join twice, so each joining counts by itself.
      const caller = { ...call };
      flight.callers.add(caller);
      try {
        return await unlessAborted(flight.promise as Promise<T>, call.signal);
      } catch (error) {
        throw error instanceof PipelineFault || !call.signal.aborted
          ? error
          : new PipelineFault([timedOut()], sourceName);
      } finally {
        flight.callers.delete(caller);
        if (flight.callers.size === 0) flight.controller.abort();
      }
    },
    forget: () => flights.clear(),
  };
}
