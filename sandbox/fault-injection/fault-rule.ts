import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';

/** Everything that can go wrong on request. */
export const faultNames = [
  'status',
  'latency',
  'reset',
  'hang',
  'drip',
  'html',
  'truncate',
  'empty',
  'wrong-shape',
  'huge',
  'unapplied',
] as const;

// These happen before or instead of an answer; the others change an answer, so there must be one.
const answerless: ReadonlySet<string> = new Set(['status', 'latency', 'reset', 'hang']);

const pattern = z.string().refine(isRegExp, 'must be a regular expression');
const headers = z
  .record(z.string().toLowerCase(), z.string())
  .refine(areHeaders, 'must be names and values that HTTP allows');

/** One fault on request, as it is sent to the control API or stands in SANDBOX_FAULTS. */
export const faultRule = z
  .strictObject({
    match: z
      .strictObject({ method: z.string().min(1).toUpperCase(), path: pattern, token: z.string().min(1) })
      .partial()
      .default({}),
    fault: z.enum(faultNames),
    when: z.enum(['before', 'after']).optional(),
    part: z.enum(['headers', 'body']).default('headers'),
    status: z.int().min(200).max(599).optional(),
    headers: headers.default({}),
    body: z.unknown().optional(),
    ms: z.int().min(0).max(600_000).optional(),
    times: z.int().min(1).optional(),
  })
  .transform((rule) => ({ ...rule, when: rule.when ?? (answerless.has(rule.fault) ? 'before' : 'after') }));

/** A fault rule as it may be written. */
export type FaultRuleInput = z.input<typeof faultRule>;

/** A fault rule as it is after checking, defaults filled in. */
export type FaultRule = z.output<typeof faultRule>;

/** What a fault rule can tell requests apart by. */
export interface RequestTraits {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
}

/** Whether the rule is meant for the request; what it does not name matches everything. */
export function matches({ match }: FaultRule, request: RequestTraits): boolean {
  if (match.method !== undefined && match.method !== request.method) return false;
  if (match.token !== undefined && match.token !== request.token) return false;
  return match.path === undefined || new RegExp(match.path).test(request.path);
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

function areHeaders(sent: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(sent)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}
