import { RequestError } from '../graphql/request-error.ts';

/** How long an operation may take, by its header: a caller may ask for less time than the gateway allows, never for more. */
export function readDeadlineMs(header: string | string[] | undefined, limitMs: number): number {
  if (header === undefined) return limitMs;
  const asked = Number(header);
  if (typeof header === 'string' && header.trim() !== '' && Number.isFinite(asked)) {
    return Math.min(Math.max(asked, 1), limitMs);
  }
  throw new RequestError(400, 'BAD_USER_INPUT', 'The header x-deadline-ms must be a number of milliseconds.');
}
