import { z } from 'zod';

/** The most that an operation may ask for, by the names that a refusal gives. */
export interface OperationLimits {
  readonly depth: number;
  readonly tokens: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly fields: number;
  readonly directives: number;
  readonly listSize: number;
  readonly cost: number;
  /** Counted while the answer is made, as are its bytes. */
  readonly objects: number;
  readonly answerBytes: number;
  /** 0: one operation for each request. */
  readonly batch: number;
}

/** The settings of the limits, in the order in which an operation meets them. */
export const operationLimitVariables = {
  GATEWAY_MAX_BATCH: wholeNumber(0, 'The most operations in one request; 0 refuses batches.', { from: 0 }),
  GATEWAY_MAX_TOKENS: wholeNumber(15_000, 'The most tokens in a document.'),
  GATEWAY_MAX_DEPTH: wholeNumber(20, 'The deepest field, and the deepest nesting of a variable.', { to: 100 }),
  GATEWAY_MAX_ALIASES: wholeNumber(200, 'The most aliases in an operation, those of its fragments included.'),
  GATEWAY_MAX_ROOT_FIELDS: wholeNumber(100, 'The most fields at the root of an operation.'),
  GATEWAY_MAX_FIELDS: wholeNumber(4000, 'The most fields in an operation, those of its fragments included.'),
  GATEWAY_MAX_DIRECTIVES: wholeNumber(200, 'The most directives in a document.'),
  GATEWAY_MAX_LIST_SIZE: wholeNumber(1000, 'The most items in one list that a caller sends.'),
  GATEWAY_MAX_COST: wholeNumber(
    250_000,
    'The highest cost of an operation: the objects that its answer can hold, estimated before it runs.',
  ),
  GATEWAY_MAX_OBJECTS: wholeNumber(250_000, 'The most objects in an answer, counted while it is made.'),
  GATEWAY_MAX_ANSWER_BYTES: wholeNumber(
    16 * 1024 * 1024,
    'About the largest answer in bytes, counted while it is made.',
  ),
};

/** The limits that the settings say. */
export function toOperationLimits(settings: z.output<z.ZodObject<typeof operationLimitVariables>>): OperationLimits {
  return {
    depth: settings.GATEWAY_MAX_DEPTH,
    tokens: settings.GATEWAY_MAX_TOKENS,
    aliases: settings.GATEWAY_MAX_ALIASES,
    rootFields: settings.GATEWAY_MAX_ROOT_FIELDS,
    fields: settings.GATEWAY_MAX_FIELDS,
    directives: settings.GATEWAY_MAX_DIRECTIVES,
    listSize: settings.GATEWAY_MAX_LIST_SIZE,
    cost: settings.GATEWAY_MAX_COST,
    objects: settings.GATEWAY_MAX_OBJECTS,
    answerBytes: settings.GATEWAY_MAX_ANSWER_BYTES,
    batch: settings.GATEWAY_MAX_BATCH,
  };
}

/** A limit's setting: a whole number of at least `from`. */
export function wholeNumber(fallback: number, about: string, { from = 1, to = Number.MAX_SAFE_INTEGER } = {}) {
  return z.coerce.number('must be a whole number').int().min(from).max(to).default(fallback).describe(about);
}
