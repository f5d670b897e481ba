/** The sandbox's clock. */
export type Clock = () => number;

/** Gives epoch milliseconds that never repeat, so that two writes in one millisecond still tell apart which came later. */
export function createClock(): Clock {
  let last = 0;
  return () => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
}
