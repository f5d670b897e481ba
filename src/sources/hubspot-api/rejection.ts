import { z } from 'zod';
import type { PlainAnswer } from '../upstream/answer.ts';
import { unexplained } from '../upstream/rejection.ts';
import type { Rejection } from '../upstream/rejection.ts';
import { wireText } from '../wire.ts';

const maxIds = 10_000;
const maxErrors = 100;
/** Longer than any sentence of HubSpot's; what comes later in a message is not matched, as that would take long. */
const maxMatched = 1_000;
/** Longer than the name of any field or scope, and than any id. */
const maxWord = 512;

const word = wireText.catch('');
/** A list, or what stands alone for a list of one. */
const words = z.union([toShortList(word, maxIds), word.transform((text) => [text])]).catch([]);
/** The parts of a refusal's context that say something here. */
const context = z
  .object({ stageIds: words, objectIds: words, requiredGranularScopes: words, requiredScopes: words })
  .partial()
  .catch({});

/** A list of which no more than the beginning is looked at. */
function toShortList<T>(item: z.ZodType<T>, max: number) {
  return z
    .custom<readonly unknown[]>((items) => Array.isArray(items))
    .transform((items) => items.slice(0, max))
    .pipe(z.array(item));
}

const wireDetail = z.object({ in: z.string().max(maxWord).catch(''), context }).catch({ in: '', context: {} });

/** HubSpot's error body. Every field may be missing, so every field has its default. */
const wireError = z
  .object({
    message: z.string().catch(''),
    subCategory: z.string().catch(''),
    correlationId: z.string().catch(''),
    policyName: z.string().catch(''),
    context,
    errors: toShortList(wireDetail, maxErrors).catch([]),
  })
  .catch({ message: '', subCategory: '', correlationId: '', policyName: '', context: {}, errors: [] });
type WireError = z.infer<typeof wireError>;

interface Rule {
  readonly subCategory?: string;
  readonly message?: RegExp;
  readonly reason: NonNullable<Rejection['reason']>;
  /** The input field that the rejection is about. */
  readonly path?: readonly string[];
  readonly isOfStage?: true;
}

/** What HubSpot's refusals mean (observed 2026-10 on 2026-09; v1's have messages only). The first that fits counts. */
const rules: readonly Rule[] = [
  { subCategory: 'PipelineError.STAGE_ID_IN_USE', reason: 'stage-in-use' },
  { subCategory: 'PipelineError.STAGE_LABEL_EXISTS', reason: 'label-taken', path: ['label'], isOfStage: true },
  { subCategory: 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE', reason: 'id-taken' },
  { subCategory: 'PipelineError.INVALID_PIPELINE_STAGE_METADATA', reason: 'invalid-input', path: ['meta'] },
  { subCategory: 'PipelineError.MISSING_CLOSED_STAGE', reason: 'invalid-input', path: ['stages'] },
  {
    message: /^(?!.*pipeline with label).*\bstage\b.*label .*already exists/is,
    reason: 'label-taken',
    path: ['label'],
    isOfStage: true,
  },
  { message: /label .*already exists/is, reason: 'label-taken', path: ['label'] },
  { message: /already using stage id/i, reason: 'id-taken', path: ['stageId'], isOfStage: true },
  { message: /another pipeline .*with pipelineId/is, reason: 'id-taken', path: ['pipelineId'] },
  { message: /probability/i, reason: 'invalid-input', path: ['meta', 'probability'] },
  { message: /display ?order/i, reason: 'invalid-input', path: ['displayOrder'] },
];

/** The input's fields by the names that HubSpot's refusals have for them; others name nothing that the input has. */
const inputPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['label', ['label']],
  ['name', ['label']],
  ['displayOrder', ['displayOrder']],
  ['metadata', ['meta']],
  ['probability', ['meta', 'probability']],
  ['stages', ['stages']],
  ['pipelineId', ['pipelineId']],
  ['stageId', ['stageId']],
]);

/** Reads HubSpot's error bodies, v1's included; bodies that are empty, HTML or of another shape explain nothing. */
export function readHubSpotRejection({ body, headers }: PlainAnswer): Rejection {
  const error = wireError.parse(body ?? {});
  const matched = error.message.slice(0, maxMatched);
  const rule = rules.find((candidate) => fits(candidate, error.subCategory, matched));
  const named = error.errors.map((detail) => inputPaths.get(detail.in)).find((path) => path !== undefined);
  const path = rule?.path ?? named ?? null;
  return {
    ...unexplained,
    reason: rule?.reason ?? (named === undefined ? null : 'invalid-input'),
    message: error.message,
    correlationId: readCorrelationId(error.correlationId || headers['x-hubspot-correlation-id']),
    path,
    isOfStage: rule?.isOfStage === true,
    value: /label ["']?(.+?)["']? already exists/is.exec(matched)?.[1] ?? null,
    stageIds: readIds(error.context['stageIds']),
    recordIds: readIds(error.context['objectIds']),
    requiredScopes: readScopes(error),
    policy: /^[A-Z_]{1,64}$/.test(error.policyName) ? error.policyName : null,
  };
}

function fits(rule: Rule, subCategory: string, message: string): boolean {
  return rule.subCategory === undefined ? rule.message?.test(message) === true : rule.subCategory === subCategory;
}

/** HubSpot puts a whole list into one string, with or without spaces: `["[a, b]"]`. Others list the ids, also as numbers. */
function readIds(values: readonly string[] = []): readonly string[] {
  return values
    .flatMap((value) => withoutBrackets(value.trim()).split(',', maxIds))
    .slice(0, maxIds)
    .map((id) => id.trim())
    .filter((id) => id !== '' && id.length <= maxWord);
}

function withoutBrackets(value: string): string {
  return value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : value;
}

/** Newer bodies name granular scopes, older ones scopes; nothing but scope-like words is passed on. */
function readScopes({ errors }: WireError): readonly string[] {
  return errors
    .flatMap((detail) => [
      ...(detail.context['requiredGranularScopes'] ?? []),
      ...(detail.context['requiredScopes'] ?? []),
    ])
    .slice(0, maxErrors)
    .filter((scope) => /^[\w.-]{1,100}$/.test(scope));
}

/** A UUID as HubSpot sends it; anything else could be anything. */
function readCorrelationId(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && /^[\da-f-]{1,64}$/i.test(value) ? value : null;
}
