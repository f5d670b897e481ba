import { toComparableLabel } from '../../domain/pipeline.ts';
import { nothingMore, notFound, upstreamProblem } from '../../domain/problems.ts';
import type { Problem } from '../../domain/problems.ts';
import { hasEnded } from '../sunset.ts';
import { readRetryAfterSeconds } from './retry-after.ts';
import { asksToWait } from './retry-policy.ts';
import type { AnswerHead, RetryPolicy } from './retry-policy.ts';
import type { Subject } from './subject.ts';

/** What an upstream says of a request that it refused, put into domain words by the source that knows its error bodies. */
export interface Rejection {
  readonly reason: 'stage-in-use' | 'label-taken' | 'id-taken' | 'invalid-input' | null;
  /** The upstream's sentence about a refused write, the only text of an upstream that a caller ever sees. */
  readonly message: string | null;
  readonly correlationId: string | null;
  /** The input field that the upstream names. */
  readonly path: readonly string[] | null;
  /** Whether that is a field of a stage, which in a write of a list of stages is one of them. */
  readonly isOfStage: boolean;
  /** The label or id that is taken. */
  readonly value: string | null;
  readonly stageIds: readonly string[];
  readonly recordIds: readonly string[];
  readonly requiredScopes: readonly string[];
  /** The rate limit's name. */
  readonly policy: string | null;
}

/** A rejection that explains nothing. */
export const unexplained: Rejection = {
  reason: null,
  message: null,
  correlationId: null,
  path: null,
  isOfStage: false,
  value: null,
  stageIds: [],
  recordIds: [],
  requiredScopes: [],
  policy: null,
};

const maxMessageLength = 500;
/** Enough to find the records by; the count tells the rest. */
const maxRecordIds = 100;

/** A rejection as a caller may see it: with a bounded message, and without the token, should the upstream have repeated it. */
export function withoutToken(rejection: Rejection, token: string): Rejection {
  const cut = (text: string): string => text.replaceAll(token, '…');
  const cutMaybe = (text: string | null): string | null => (text === null ? null : cut(text));
  return {
    reason: rejection.reason,
    // Cut before it is bounded, or the beginning of a token could stay at the end.
    message: cut(rejection.message ?? '').slice(0, maxMessageLength) || null,
    correlationId: cutMaybe(rejection.correlationId),
    path: rejection.path?.map(cut) ?? null,
    isOfStage: rejection.isOfStage,
    value: cutMaybe(rejection.value),
    stageIds: rejection.stageIds.map(cut),
    recordIds: rejection.recordIds.map(cut),
    requiredScopes: rejection.requiredScopes.map(cut),
    policy: cutMaybe(rejection.policy),
  };
}

interface RejectedAnswer extends AnswerHead {
  readonly rejection: Rejection;
}

/** A version of an upstream's API; `sunsetAt`, in RFC 3339, is when the upstream stops serving it, if it has said so. */
export interface ApiVersion {
  readonly name: string;
  readonly sunsetAt: string | null;
}

interface RejectedRequest {
  readonly isWrite: boolean;
  readonly subject: Subject;
  readonly retryPolicy: RetryPolicy;
  readonly apiVersion: ApiVersion;
  /** What the request sent; undefined if nothing. */
  readonly sent: unknown;
}

/** Statuses that leave open whether a write happened: somebody on the way gave up waiting (RFC 9110, RFC 8470, nginx). */
const openStatuses: ReadonlySet<number> = new Set([408, 425, 499]);

/** The problem that an answer other than 2xx stands for, by the contract's table: its reason first, then its status. */
export function toRejectedProblem(answer: RejectedAnswer, request: RejectedRequest): Problem {
  const { status, rejection } = answer;
  const { isWrite, retryPolicy } = request;
  if (rejection.reason === 'stage-in-use' && isWrite) return stageInUse(rejection);
  const isOpen = isWrite && openStatuses.has(status);
  if (status >= 500 || retryPolicy.delaysMs.has(status) || isOpen) return outage(answer, request);
  if (status === 401 || status === 403) return accessDenied(status, rejection);
  if (status === 429) return rateLimited(answer);
  if (status < 400) {
    // Redirects are not followed, as they would take the credential elsewhere; whether a write happened before one is open.
    const message = `The upstream answered with the unexpected status ${status}.`;
    const { correlationId } = rejection;
    return upstreamProblem('UPSTREAM_CONTRACT', message, { status, correlationId, mayHaveBeenApplied: isWrite });
  }
  return rejected(answer, request);
}

/** A write that would remove a stage which records are in. */
export function stageInUse({ correlationId, path, stageIds, recordIds }: Rejection): Problem {
  const message = 'Records are in a stage that the write would remove.';
  const recordCount = recordIds.length;
  const some = recordIds.slice(0, maxRecordIds);
  const more = { stageIds, stages: [], recordIds: some, recordCount };
  return { ...nothingMore, code: 'STAGE_IN_USE', message, path, correlationId, ...more };
}

function outage(answer: RejectedAnswer, { isWrite, retryPolicy }: RejectedRequest): Problem {
  const { status, headers } = answer;
  const { correlationId } = answer.rejection;
  if (isWrite && !asksToWait(answer, retryPolicy)) {
    const message = `The upstream failed with status ${status}; it does not say whether the write happened.`;
    return upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { status, correlationId, mayHaveBeenApplied: true });
  }
  const message = `The upstream is unavailable (status ${status}).`;
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  return upstreamProblem('UPSTREAM_UNAVAILABLE', message, { status, correlationId, retryAfterSeconds });
}

function accessDenied(status: 401 | 403, { correlationId, requiredScopes }: Rejection): Problem {
  return status === 401
    ? { ...unauthenticated('The upstream does not accept the credential.'), correlationId }
    : {
        ...nothingMore,
        code: 'UPSTREAM_FORBIDDEN',
        message: 'The upstream does not let the credential do this.',
        correlationId,
        requiredScopes,
      };
}

/** A credential that is missing or that the upstream does not accept. */
export function unauthenticated(message: string): Problem {
  return { ...nothingMore, code: 'UPSTREAM_UNAUTHENTICATED', message, requiredScopes: [] };
}

function rateLimited({ headers, rejection }: RejectedAnswer): Problem {
  const { correlationId, policy } = rejection;
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  const message = 'The upstream takes no more requests for now.';
  return { ...nothingMore, code: 'UPSTREAM_RATE_LIMITED', message, correlationId, policy, retryAfterSeconds };
}

/** A list that is not there, which says nothing about any one object: the whole API may be gone. */
export function noSuchList({ status, rejection: { correlationId } }: RejectedAnswer, version: ApiVersion): Problem {
  const message = hasEnded(version, new Date())
    ? `Version ${version.name} of the upstream's API ended on ${version.sunsetAt?.slice(0, 10)} (status ${status}).`
    : `The upstream's API has no such list (status ${status}).`;
  return upstreamProblem('UPSTREAM_REJECTED', message, { status, correlationId });
}

/** Whether an answer says that nothing is where the request went, and that nothing will be. */
export function isGone({ status }: Pick<AnswerHead, 'status'>): boolean {
  return status === 404 || status === 410;
}

function rejected(answer: RejectedAnswer, { isWrite, subject, apiVersion, sent }: RejectedRequest): Problem {
  const { status, rejection } = answer;
  const { correlationId, value } = rejection;
  const isField = isSent(rejection.path, sent);
  const path = isField ? toInputPath(rejection, subject) : null;
  if (isGone(answer) && (hasEnded(apiVersion, new Date()) || (subject.id === null && rejection.message === null))) {
    return noSuchList(answer, apiVersion);
  }
  if (!isWrite) {
    // A query's arguments are not what the upstream calls bad, and its words are for the writer of a write only.
    const message = `The upstream refused the request with status ${status}.`;
    return upstreamProblem('UPSTREAM_REJECTED', message, { status, correlationId });
  }
  const rest = { ...nothingMore, correlationId, path };
  const message = rejection.message ?? `The upstream refused the request with status ${status}.`;
  if (rejection.reason === 'label-taken') {
    return { ...rest, code: 'LABEL_TAKEN', message: 'The label is taken.', path: path ?? ['label'], value };
  }
  if (rejection.reason === 'id-taken' || (status === 409 && subject.newIds.length > 0)) {
    return idTaken(rejection, subject);
  }
  if (status === 404 && subject.id !== null) {
    return { ...notFound(subject.id, 'The upstream has no such object.'), correlationId };
  }
  if (rejection.reason === 'invalid-input' && isField)
    return { ...rest, code: 'INVALID_INPUT', message, reason: 'OTHER', limit: null };
  return upstreamProblem('UPSTREAM_REJECTED', message, { status, correlationId, path });
}

/** What the upstreams call the input's fields. */
const wireNames: Readonly<Record<string, readonly string[]>> = {
  label: ['label', 'name'],
  displayOrder: ['displayOrder', 'position'],
  description: ['description'],
  stages: ['stages', 'pipelineStages'],
  meta: ['metadata', 'color'],
  probability: ['probability'],
  pipelineId: ['pipelineId'],
  stageId: ['stageId'],
};

/** Whether a field that a refusal's words seem to name is one of the input, and was sent: other words name nothing. */
function isSent(path: readonly string[] | null, sent: unknown): boolean {
  const names = wireNames[path?.at(-1) ?? ''];
  if (names === undefined || sent === undefined) return false;
  const text = JSON.stringify(sent);
  return names.some((name) => text.includes(`"${name}":`));
}

/** Where the input has what a refusal is about. Of two stages with one label, the later one is at fault. */
function toInputPath({ path, value, isOfStage }: Rejection, { stageLabels }: Subject): readonly string[] | null {
  if (path === null || !isOfStage || stageLabels.length === 0) return path;
  const label = toComparableLabel(value ?? '');
  const index = stageLabels.findLastIndex((each) => toComparableLabel(each) === label);
  return index === -1 ? ['stages'] : ['stages', String(index), ...path];
}

/** Of the new ids that a refusal can mean, the one that its words name, or a single one, is named. */
function idTaken(rejection: Rejection, subject: Subject): Problem {
  const { correlationId, path, value } = rejection;
  const { newIds } = subject;
  const candidates = path === null ? newIds : newIds.filter((id) => id.path.at(-1) === path.at(-1));
  const words = new Set(rejection.message?.split(/[\s"'[\](),]+/).map((word) => word.replace(/[.:;!?]+$/, '')));
  const meant = candidates.length === 1 ? candidates : candidates.filter((id) => words.has(id.value));
  const only = meant.length === 1 ? meant[0] : undefined;
  const named = { path: only?.path ?? toInputPath(rejection, subject), value: value ?? only?.value ?? null };
  return { ...nothingMore, correlationId, code: 'ID_TAKEN', message: 'An id is taken.', ...named };
}
