import { z } from 'zod';
/** The settings of the limits, in the order in which a request meets them. */
export const limitVariables = {
  GATEWAY_HEADER_TIMEOUT_SECONDS: seconds(10, 'How long the head of a request may take to arrive.'),
  GATEWAY_REQUEST_TIMEOUT_SECONDS: seconds(30, 'How long a whole request, body included, may take to arrive.'),
  GATEWAY_MAX_REQUESTS_PER_MINUTE: wholeNumber(0, 'The most requests in a minute from one caller; 0 sets no limit.', {
    from: 0,
  }),
  GATEWAY_MAX_BODY_BYTES: wholeNumber(1024 * 1024, 'The largest request body.'),
  GATEWAY_MAX_IN_FLIGHT: wholeNumber(1000, 'The most operations that run at the same time.'),
  GATEWAY_MAX_BATCH: wholeNumber(0, 'The most operations in one request; 0 refuses batches.', { from: 0 }),
  GATEWAY_MAX_TOKENS: wholeNumber(15_000, 'The most tokens in a document.'),
  GATEWAY_MAX_DEPTH: wholeNumber(20, 'The deepest field, and the deepest nesting of a variable.', { to: 100 }),
  GATEWAY_MAX_ALIASES: wholeNumber(200, 'The most aliases in an operation, those of its fragments included.'),
  GATEWAY_MAX_ROOT_FIELDS: wholeNumber(100, 'The most fields at the root of an operation.'),
  GATEWAY_MAX_FIELDS: wholeNumber(4000, 'The most fields in an operation, those of its fragments included.'),
  GATEWAY_MAX_DIRECTIVES: wholeNumber(200, 'The most directives in a document.'),
  GATEWAY_MAX_LIST_SIZE: wholeNumber(1000, 'The most items in one list that a caller sends.'),
  GATEWAY_MAX_COST: wholeNumber(25_000, 'The highest cost of an operation: about one for each object in its answer.'),
};
/** The limits that the settings say. */
export function toLimits(settings) {
  return {
    depth: settings.GATEWAY_MAX_DEPTH,
    tokens: settings.GATEWAY_MAX_TOKENS,
    aliases: settings.GATEWAY_MAX_ALIASES,
    rootFields: settings.GATEWAY_MAX_ROOT_FIELDS,
    fields: settings.GATEWAY_MAX_FIELDS,
    directives: settings.GATEWAY_MAX_DIRECTIVES,
    listSize: settings.GATEWAY_MAX_LIST_SIZE,
    cost: settings.GATEWAY_MAX_COST,
    batch: settings.GATEWAY_MAX_BATCH,
    bodyBytes: settings.GATEWAY_MAX_BODY_BYTES,
    inFlight: settings.GATEWAY_MAX_IN_FLIGHT,
    requestsPerMinute: settings.GATEWAY_MAX_REQUESTS_PER_MINUTE,
    headerTimeoutMs: settings.GATEWAY_HEADER_TIMEOUT_SECONDS * 1000,
    requestTimeoutMs: settings.GATEWAY_REQUEST_TIMEOUT_SECONDS * 1000,
  };
}
function wholeNumber(fallback, about, { from = 1, to = Number.MAX_SAFE_INTEGER } = {}) {
  return z.coerce.number('must be a whole number').int().min(from).max(to).default(fallback).describe(about);
}
function seconds(fallback, about) {
  return z.coerce
    .number('must be a number above 0 and at most 300')
    .positive()
    .max(300)
    .default(fallback)
    .describe(about);
}
