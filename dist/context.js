import { readCredential } from './credentials.js';
import { openLookups } from './lookups.js';
/** Time that is kept back from the deadline, so that the answer itself leaves before it. */
const answerShare = 0.02;
/** Opens the context of one request. */
export function openContext(sources, { headers, deadlineMs, ...facts }) {
  const signal = AbortSignal.timeout(Math.ceil(deadlineMs * (1 - answerShare)));
  const calls = new Map();
  const callFor = (source) => {
    const known = calls.get(source);
    if (known !== undefined) return known;
    const call = { credential: readCredential(source, headers), signal, fresh: false, observer: facts.telemetry };
    calls.set(source, call);
    return call;
  };
  return { ...facts, now: new Date(), sources, lookups: openLookups(callFor), callFor };
}
