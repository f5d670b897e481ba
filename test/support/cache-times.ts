/** What most tests want of a cache beside its ages: nobody waits for a refresh, and each `no-cache` is honoured. */
export const usualTimes = { waitMs: 0, settleMs: 5_000, throughMs: 0 } as const;
