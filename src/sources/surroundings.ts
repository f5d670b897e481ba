import type { RequestLog } from './request-log.ts';

/** What all sources of one process share. */
export interface Surroundings {
  /** What was sent to the upstreams lately, with which credential. */
  readonly requestLog: RequestLog;
  /** How long a failing upstream is left alone. */
  readonly circuitRetryMs: number;
}
