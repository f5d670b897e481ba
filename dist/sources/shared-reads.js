import { PipelineFault } from '../problem.js';
import { timedOut, unlessAborted } from './http.js';
/** Shares the reads of one source. */
export function createSharedReads(sourceName) {
  const flights = new Map();
  function begin(key, start) {
    const controller = new AbortController();
    const flight = { promise: start(controller.signal), controller, callers: 0 };
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.promise.then(land, land);
    controller.signal.addEventListener('abort', land, { once: true });
    flights.set(key, flight);
    return flight;
  }
  return {
    async join(key, call, start) {
      if (call.fresh) return start(call.signal);
      const sharedKey = `${call.credential.hash} ${key}`;
      const flight = flights.get(sharedKey) ?? begin(sharedKey, start);
      flight.callers += 1;
      try {
        return await unlessAborted(flight.promise, call.signal);
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
