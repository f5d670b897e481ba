import type { LoggedRequest } from '../../support/sandbox-control.ts';
import { faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { operations } from './operations.ts';
import type { Operation, Subject } from './operations.ts';

/** One cell of the matrix, with a source, and so circuit, rate limiter, account and log, of its own. */
export interface Cell {
  readonly operation: Operation;
  readonly fault: Fault;
  readonly cache: 'cold' | 'warm';
  readonly kind: Subject['kind'];
  readonly sourceName: string;
}

const forAllKinds: ReadonlySet<string> = new Set([
  'cut after it happened',
  'no answer',
  '429 by category',
  '477',
  '500 before it happened',
  '503 with a long Retry-After',
  'expired token',
]);
const kinds: readonly Subject['kind'][] = ['hubspot', 'hubspot-v1', 'organization'];
/** Every cell; sources of kinds other than HubSpot's have the commonest faults only. */
export const cells: readonly Cell[] = kinds
  .flatMap((kind) =>
    operations.flatMap((operation) =>
      faults.flatMap((fault) => (['cold', 'warm'] as const).map((cache) => ({ kind, operation, fault, cache }))),
    ),
  )
  .filter(({ kind, operation, fault }) => kind === 'hubspot' || (operation.isForAll && forAllKinds.has(fault.name)))
  .map((cell, index) => ({ ...cell, sourceName: `cell-${index}` }));

/** What of the counted was not sent by the operation: what warmed the cache up, and what looked an organization's pipeline up. */
export function countOthers({ operation: { aim }, fault, cache, kind }: Cell): number {
  if (aim === 'audit') return 0;
  const isCounted = aim === 'reads' || fault.rule === null;
  return isCounted ? (cache === 'warm' ? 1 : 0) + (kind === 'organization' ? 1 : 0) : 0;
}

/** Whether a request is of those that the operation is about. */
export function isMeant({ operation: { aim, name } }: Cell, { method, path }: LoggedRequest): boolean {
  if (aim === 'audit') return path.endsWith('/audit');
  if (name === 'archivePipeline') return method === 'DELETE';
  return (method === 'GET') === (aim === 'reads');
}
