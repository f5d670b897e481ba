/** The bounds that the gateways of a storm are started with, and that their answers are judged by. */
export const timing = {
  freshMs: 6_000,
  staleMs: 8_000,
  staleOnErrorMs: 30_000,
  deadlineMs: 2_000,
  circuitRetryMs: 500,
  /** How long another replica may take to hear of a write: the contract's 100 ms, and room for a busy machine. */
  propagationMs: 2_500,
  /** After it was gone, Redis is not relied on for as long as connections may take to come back. */
  redisRecoveryMs: 4_000,
  /** No answer after this is a hang, whatever the machine is busy with. */
  hangMs: 12_000,
} as const;
