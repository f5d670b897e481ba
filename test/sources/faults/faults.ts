import type { FaultRule } from '../../support/sandbox-control.ts';

/** Something that befalls a call, by the name that docs/faults.md has for it. */
export interface Fault {
  readonly name: string;
  /** Null where nobody listens any more. */
  readonly rule: FaultRule | null;
  /** The caller's own deadline: short where the fault lasts for ever. */
  readonly deadlineMs: number;
}

const enoughMs = 8_000;
const shortMs = 3_000;

const limited = (body: object): FaultRule => ({ fault: 'status', status: 429, body: { status: 'error', ...body } });
const refusal = (status: number, more: Partial<FaultRule> = {}): FaultRule => ({ fault: 'status', status, ...more });

const table: readonly (readonly [name: string, rule: FaultRule | null, deadlineMs?: number])[] = [
  ['refused connection', null],
  ['cut before it happened', { fault: 'reset', when: 'before' }],
  ['cut after it happened', { fault: 'reset', when: 'after' }],
  ['no answer', { fault: 'hang' }, shortMs],
  ['stops within its answer', { fault: 'hang', when: 'after', part: 'body' }, shortMs],
  ['a byte at a time', { fault: 'drip', ms: 500 }, shortMs],
  ['429 by errorType', limited({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' })],
  ['429 by category', limited({ category: 'RATE_LIMITS' })],
  ['429 of the day', limited({ errorType: 'RATE_LIMIT', policyName: 'DAILY' })],
  ['423', refusal(423)],
  ['477', refusal(477)],
  ['500 before it happened', refusal(500)],
  ['500 after it happened', refusal(500, { when: 'after' })],
  ['502 with HTML', { fault: 'html', when: 'before', status: 502 }],
  ['503 with a short Retry-After', refusal(503, { headers: { 'retry-after': '0.2' } })],
  ['503 with a long Retry-After', refusal(503, { headers: { 'retry-after': '60' } })],
  ['empty 404', { fault: 'empty', when: 'before', status: 404 }],
  ['half of the JSON', { fault: 'truncate' }],
  ['other JSON', { fault: 'wrong-shape' }],
  ['expired token', refusal(401)],
  ['missing scope', refusal(403)],
];

/** Every fault of the matrix. */
export const faults: readonly Fault[] = table.map(([name, rule, deadlineMs = enoughMs]) => ({
  name,
  rule,
  deadlineMs,
}));
