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
  objects: 'too many objects in the answer',
  answerBytes: 'too many bytes in the answer',
  batch: 'too many operations in one request',
};

/** Refuses an operation with OPERATION_TOO_COMPLEX where a figure is above its limit. */
export function requireWithin(limits: OperationLimits, name: OperationLimit, actual: number): void {
  const max = limits[name];
  if (actual > max) throw toRefusal(name, max, actual);
}

/** The refusal of an operation that is above a limit: OPERATION_TOO_COMPLEX, with the figure. */
export function toRefusal(name: OperationLimit, max: number, actual: number): RequestError {
  const message = `This is refused: ${descriptions[name]} (${actual}; at most ${max}).`;
  return new RequestError(400, 'OPERATION_TOO_COMPLEX', message, { limit: { name, max, actual } });
}
