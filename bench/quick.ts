import type { Figures } from './measure.ts';

/** How many upstream requests an operation makes after the first, one operation after the other. */
const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  gateway: { W1: 0, W2: 0, W3: 0, W4: 0 },
  'gateway-off': { W1: 1, W2: 1, W3: 1, W4: 1 },
};

/** A sentence for each count of upstream requests that is not what it should be. */
export function findWrongCounts(figures: readonly Figures[]): string[] {
  return figures.flatMap(({ stack, workload, callsAlone }) => {
    const calls = expected[stack]?.[workload];
    if (calls === undefined || calls === callsAlone) return [];
    return [
      `An operation of ${workload} makes ${callsAlone} upstream requests with ${stack}, and should make ${calls}.`,
    ];
  });
}
