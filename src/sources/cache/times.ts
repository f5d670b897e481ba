/** How long what was read is kept, in milliseconds. */
export interface CacheTimes {
  /** Served without asking; 0 turns the cache off. */
  readonly freshMs: number;
  /** Then one refresh runs, and readers wait for it, but for no longer than this since it began. */
  readonly waitMs: number;
  /** Then, until this age, what is old is served while the refresh runs on in the background. */
  readonly staleMs: number;
  /** Then served only where the upstream fails. */
  readonly staleOnErrorMs: number;
  /** How long a refresh in the background may take. */
  readonly refreshMs: number;
  /** After a write, for how long what still shows the old state is not kept as fresh. */
  readonly settleMs: number;
  /** Of what age at most something kept is served to those who want to read through; none with 0, anything kept with null. */
  readonly throughMs: number | null;
}
