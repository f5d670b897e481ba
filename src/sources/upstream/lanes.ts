import type { Call } from '../source.ts';
import type { UpstreamRequest } from './transport.ts';

/** Who goes first: writes, then reads, then audits, then refreshes that nobody waits for. */
export type Lane = 'write' | 'read' | 'audit' | 'background';

/** The lanes, the first to go first. */
export const lanes: readonly Lane[] = ['write', 'read', 'audit', 'background'];

/**
 * What a lane may use of a limit that all share. The rest is left to the others: so a write always finds a place, and so does
 * a read beside any number of audits.
 */
const shares: Readonly<Record<Lane, number>> = { write: 1, read: 0.9, audit: 0.5, background: 0.7 };

/** How many of a limit may be used once a lane has used its last one; never less than 1. */
export function toShare(limit: number, lane: Lane): number {
  return Math.max(1, Math.floor(limit * shares[lane]));
}

/** What a request asks for. Each kind fails for reasons of its own, so each has circuits of its own. */
export type EndpointKind = 'list' | 'object' | 'audit' | 'write';

/** A request with what a read is of, if that is not one object. */
export interface ScheduledRequest extends UpstreamRequest {
  readonly kind?: 'list' | 'audit';
}

/** What a request asks for. */
export function toEndpointKind({ method, kind }: ScheduledRequest): EndpointKind {
  return method === 'GET' ? (kind ?? 'object') : 'write';
}

/** The lane of a request that has not waited yet. */
export function toLane(request: ScheduledRequest, { isBackground, reading }: Call): Lane {
  // The reads round a write are part of it, but not its look at a history.
  if (request.method !== 'GET' || (reading === 'alone' && request.kind !== 'audit')) return 'write';
  if (isBackground) return 'background';
  return request.kind === 'audit' ? 'audit' : 'read';
}
