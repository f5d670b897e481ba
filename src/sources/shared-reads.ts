import { PipelineFault } from '../problem.ts';
import { timedOut, unlessAborted } from './http.ts';
import type { Call } from './source.ts';

/** Lets equal reads that are in flight at the same moment share one upstream call. */
export interface SharedReads {
  /**
   * Joins the flight of `key`, or begins it. A caller whose deadline passes leaves alone; the flight is aborted when the
   * last caller has left. Fresh calls neither join nor are joined.
   */
  join<T>(key: string, call: Call, begin: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** From now on nobody joins what is in flight, because a write may have made it old. */
  forget(): void;
}

interface Flight {
  readonly promise: Promise<unknown>;
  readonly controller: AbortController;
  callers: number;
}

/** Shares the reads of one source. */
export function createSharedReads(sourceName: string): SharedReads {
  const flights = new Map<string, Flight>();

  function begin(key: string, start: (signal: AbortSignal) => Promise<unknown>): Flight {
    const controller = new AbortController();
    const flight: Flight = { promise: start(controller.signal), controller, callers: 0 };
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.promise.then(land, land);
    controller.signal.addEventListener('abort', land, { once: true });
    flights.set(key, flight);
    return flight;
  }

  return {
    async join<T>(key: string, call: Call, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
      if (call.fresh) return start(call.signal);
      const sharedKey = `${call.credential.hash} ${key}`;
      const flight = flights.get(sharedKey) ?? begin(sharedKey, start);
      flight.callers += 1;
      try {
        return await unlessAborted(flight.promise as Promise<T>, call.signal);
      } catch (error) {
        throw error instanceof PipelineFault ? error : new PipelineFault([timedOut()], sourceName);
      } finally {
        flight.callers -= 1;
        if (flight.callers === 0) flight.controller.abort();
      }
    },
    forget: () => flights.clear(),
  };
}
