import { PipelineFault } from '../../domain/problems.ts';
import type { Call } from '../source.ts';
import { timedOut, unlessAborted } from './transport.ts';

/** Lets equal reads that are in flight at the same moment share one upstream call. */
export interface InFlightReads {
  /**
   * Joins the flight of `key`, or begins it. A caller whose deadline passes leaves alone. The flight is aborted when the
   * last caller has left, and may take as long as the most patient one. Reads that go through join such reads only, and
   * those that are alone none. A refresh that nobody waits for is joined by such refreshes only, as it comes last.
   */
  join<T>(key: string, call: Call, begin: (call: Call) => Promise<T>): Promise<T>;
  /** From now on nobody joins what is in flight, because a write may have made it old. */
  forget(): void;
}

interface Flight {
  readonly promise: Promise<unknown>;
  readonly controller: AbortController;
  readonly callers: Set<Call>;
  /** Why it would fail if its time ended now; null once it is sent. */
  readonly waiting: { toFault: (() => PipelineFault) | null };
}

function landWhenOver(flights: Map<string, Flight>, key: string, flight: Flight): void {
  const land = (): void => {
    if (flights.get(key) === flight) flights.delete(key);
  };
  flight.promise.then(land, land);
  flight.controller.signal.addEventListener('abort', land, { once: true });
}

/** Shares the reads of one source. */
export function createInFlightReads(sourceName: string): InFlightReads {
  const flights = new Map<string, Flight>();

  function begin(key: string, call: Call, start: (call: Call) => Promise<unknown>): Flight {
    const controller = new AbortController();
    const callers = new Set<Call>();
    const waiting: Flight['waiting'] = { toFault: null };
    const timeLeftMs = (): number => Math.max(call.timeLeftMs(), ...[...callers].map((caller) => caller.timeLeftMs()));
    const noteWaiting: Call['noteWaiting'] = (toFault) => void (waiting.toFault = toFault);
    const promise = start({ ...call, signal: controller.signal, timeLeftMs, noteWaiting });
    const flight: Flight = { promise, controller, callers, waiting };
    flights.set(key, flight);
    landWhenOver(flights, key, flight);
    return flight;
  }

  return {
    async join<T>(key: string, call: Call, start: (call: Call) => Promise<T>): Promise<T> {
      if (call.reading === 'alone') return start(call);
      const sharedKey = `${call.isBackground ? 'background' : call.reading} ${call.credential.hash} ${key}`;
      const flight = flights.get(sharedKey) ?? begin(sharedKey, call, start);
      // One operation may join twice, so each joining counts by itself.
      const caller = { ...call };
      flight.callers.add(caller);
      try {
        return await unlessAborted(flight.promise as Promise<T>, call.signal);
      } catch (error) {
        if (error instanceof PipelineFault || !call.signal.aborted) throw error;
        throw flight.waiting.toFault?.() ?? new PipelineFault([timedOut()], sourceName);
      } finally {
        flight.callers.delete(caller);
        if (flight.callers.size === 0) flight.controller.abort();
      }
    },
    forget: () => flights.clear(),
  };
}
