import { z } from 'zod';
import { wholeNumber } from '../graphql/limits/limits.ts';
import type { LoadLimits } from './load-guard.ts';

/** The most that a request may take before it is an operation. */
export interface HttpLimits {
  readonly bodyBytes: number;
  readonly inFlight: number;
  /** Of one caller; 0: as many as there come. */
  readonly requestsPerMinute: number;
  readonly headerTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly load: LoadLimits;
  /** How much memory kept answers may take; 0: none is kept. */
  readonly keptAnswersBytes: number;
}

/** The settings of the limits, in the order in which a request meets them. */
export const httpLimitVariables = {
  GATEWAY_HEADER_TIMEOUT_SECONDS: seconds(10, 'How long the head of a request may take to arrive.'),
  GATEWAY_REQUEST_TIMEOUT_SECONDS: seconds(30, 'How long a whole request, body included, may take to arrive.'),
  GATEWAY_MAX_REQUESTS_PER_MINUTE: wholeNumber(0, 'The most requests in a minute from one caller; 0 sets no limit.', {
    from: 0,
  }),
  GATEWAY_MAX_BODY_BYTES: wholeNumber(1024 * 1024, 'The largest request body.'),
  GATEWAY_MAX_IN_FLIGHT: wholeNumber(1000, 'The most operations that run at the same time.'),
  GATEWAY_MAX_LOOP_DELAY_MILLISECONDS: wholeNumber(
    500,
    'How late the event loop may be on average over a second before operations are refused; 0 sets no limit.',
    { from: 0 },
  ),
  GATEWAY_MAX_HEAP_PERCENT: wholeNumber(
    95,
    'How much of the heap may be in use before operations are refused; 100 sets no limit.',
    { to: 100 },
  ),
  GATEWAY_ANSWERS_MEGABYTES: wholeNumber(
    32,
    'How much memory answers may take that are kept for equal requests, for as long as what they show is; 0 keeps none.',
    { from: 0, to: 16_384 },
  ),
};

/** The limits that the settings say. */
export function toHttpLimits(settings: z.output<z.ZodObject<typeof httpLimitVariables>>): HttpLimits {
  return {
    bodyBytes: settings.GATEWAY_MAX_BODY_BYTES,
    inFlight: settings.GATEWAY_MAX_IN_FLIGHT,
    requestsPerMinute: settings.GATEWAY_MAX_REQUESTS_PER_MINUTE,
    headerTimeoutMs: settings.GATEWAY_HEADER_TIMEOUT_SECONDS * 1000,
    requestTimeoutMs: settings.GATEWAY_REQUEST_TIMEOUT_SECONDS * 1000,
    load: {
      loopDelayMs: settings.GATEWAY_MAX_LOOP_DELAY_MILLISECONDS,
      heapPercent: settings.GATEWAY_MAX_HEAP_PERCENT,
    },
    keptAnswersBytes: settings.GATEWAY_ANSWERS_MEGABYTES * 1024 * 1024,
  };
}

function seconds(fallback: number, about: string) {
  return z.coerce
    .number('must be a number above 0 and at most 300')
    .positive()
    .max(300)
    .default(fallback)
    .describe(about);
}
