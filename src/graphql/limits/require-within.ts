import { RequestError } from '../request-error.ts';
import type { OperationLimits } from './limits.ts';

/** The limits of an operation, by the names that a refusal gives. */
type OperationLimit = keyof OperationLimits;

const descriptions: Readonly<Record<OperationLimit, string>> = {
  depth: 'nested too deep',
  tokens: 'too long, in tokens',
  aliases: 'too many aliases',
  rootFields: 'too many fields at the root',
  fields: 'too many fields',
  directives: 'too many directives',
  listSize: 'a list with too many items',
  cost: 'too high a cost',
  batch: 'too many operations in one request',
};

/** Refuses an operation with OPERATION_TOO_COMPLEX where a figure is above its limit. */
export function requireWithin(limits: OperationLimits, name: OperationLimit, actual: number): void {
  const max = limits[name];
  if (actual <= max) return;
  const message = `This is refused: ${descriptions[name]} (${actual}; at most ${max}).`;
  throw new RequestError(400, 'OPERATION_TOO_COMPLEX', message, { limit: { name, max, actual } });
}
