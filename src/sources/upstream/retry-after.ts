import type { IncomingHttpHeaders } from 'node:http';

/** No wait that an upstream names is taken to be longer: HubSpot's longest, a move of an account, lasts a day. */
const longestSeconds = 24 * 60 * 60;

/** Longer than anything that names a time. */
const maxLength = 100;

/** The three forms of an HTTP date (RFC 9110, 5.6.7); Date.parse alone would take "3, 3" for a day in March. */
const httpDates = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/**
 * Seconds to wait that an answer's Retry-After names (RFC 9110, 10.2.3), from 0 to a day; null if it names none. A date is
 * compared with the answer's own Date, so that no clock but the upstream's counts. Of several delays the longest holds.
 */
export function readRetryAfterSeconds(headers: IncomingHttpHeaders): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  const until = readDate(value);
  const seconds = until === null ? readDelays(value) : (until - (readDate(headers.date) ?? Date.now())) / 1000;
  return seconds === null ? null : Math.min(Math.max(0, seconds), longestSeconds);
}

/** The RFC has whole seconds only; a fraction is understood all the same. Anything else says nothing. */
function readDelays(value: string): number | null {
  if (value.length > maxLength) return null;
  const delays = value.split(',');
  return delays.every((delay) => /^\s*\d+(\.\d+)?\s*$/.test(delay)) ? Math.max(...delays.map(Number)) : null;
}

function readDate(text: string | undefined): number | null {
  if (text === undefined || text.length > maxLength || !httpDates.some((form) => form.test(text))) return null;
  const time = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(time) ? null : time;
}
