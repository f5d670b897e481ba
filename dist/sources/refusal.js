import { nothingMore, notFound, upstreamProblem } from '../problem.js';
/** A refusal that explains nothing. */
export const unexplained = {
  reason: null,
  message: null,
  correlationId: null,
  path: null,
  value: null,
  stageIds: [],
  recordIds: [],
  requiredScopes: [],
  policy: null,
};
/** An upstream's sentence as a caller sees it: bounded, without the token should the upstream have repeated it. */
export function toShownMessage(message, token) {
  return message === '' ? null : message.replaceAll(token, '…').slice(0, 500);
}
/** The same refusal, should the upstream have repeated the token anywhere in what it explains. */
export function withoutToken(refusal, token) {
  const cut = (text) => text.replaceAll(token, '…');
  const cutMaybe = (text) => (text === null ? null : cut(text));
  return {
    reason: refusal.reason,
    message: cutMaybe(refusal.message),
    correlationId: cutMaybe(refusal.correlationId),
    path: refusal.path?.map(cut) ?? null,
    value: cutMaybe(refusal.value),
    stageIds: refusal.stageIds.map(cut),
    recordIds: refusal.recordIds.map(cut),
    requiredScopes: refusal.requiredScopes.map(cut),
    policy: cutMaybe(refusal.policy),
  };
}
/** The problem that an answer other than 2xx stands for, by the contract's table: its reason first, then its status. */
export function toRefusedProblem(answer, refusal, subject) {
  const { status, isWrite } = answer;
  if (refusal.reason === 'stage-in-use' && isWrite) return stageInUse(refusal);
  if (status >= 500 || status === 423 || status === 477) return outage(answer, refusal);
  if (status === 401 || status === 403) return accessDenied(status, refusal);
  if (status === 429) return rateLimited(answer, refusal);
  if (status < 400) {
    // Redirects are not followed, as they would take the credential elsewhere; whether a write happened before one is open.
    const message = `The upstream answered with the unexpected status ${status}.`;
    const { correlationId } = refusal;
    return upstreamProblem('UPSTREAM_CONTRACT', message, { status, correlationId, mayHaveBeenApplied: isWrite });
  }
  return rejected(answer, refusal, subject);
}
/** A write that would remove a stage which records are in. */
export function stageInUse({ correlationId, path, stageIds, recordIds }) {
  const message = 'Records are in a stage that the write would remove.';
  return { ...nothingMore, code: 'STAGE_IN_USE', message, path, correlationId, stageIds, stages: [], recordIds };
}
function outage({ status, headers, isWrite }, { correlationId }) {
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  const askedToWait = status === 423 || status === 477 || (status === 503 && retryAfterSeconds !== null);
  if (isWrite && !askedToWait) {
    const message = `The upstream failed with status ${status}; it does not say whether the write happened.`;
    return upstreamProblem('UPSTREAM_OUTCOME_UNKNOWN', message, { status, correlationId, mayHaveBeenApplied: true });
  }
  const message = `The upstream is unavailable (status ${status}).`;
  return upstreamProblem('UPSTREAM_UNAVAILABLE', message, { status, correlationId, retryAfterSeconds });
}
function accessDenied(status, { correlationId, requiredScopes }) {
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
export function unauthenticated(message) {
  return { ...nothingMore, code: 'UPSTREAM_UNAUTHENTICATED', message, requiredScopes: [] };
}
function rateLimited({ headers }, { correlationId, policy }) {
  const retryAfterSeconds = readRetryAfterSeconds(headers);
  const message = 'The upstream takes no more requests for now.';
  return { ...nothingMore, code: 'UPSTREAM_RATE_LIMITED', message, correlationId, policy, retryAfterSeconds };
}
function rejected({ status, isWrite }, refusal, { id }) {
  const { correlationId, path, value } = refusal;
  if (!isWrite) {
    // A query's arguments are not what the upstream calls bad, and its words are for the writer of a write only.
    const message = `The upstream refused the request with status ${status}.`;
    return upstreamProblem('UPSTREAM_REJECTED', message, { status, correlationId });
  }
  const rest = { ...nothingMore, correlationId, path };
  const message = refusal.message ?? `The upstream refused the request with status ${status}.`;
  if (refusal.reason === 'label-taken') {
    return { ...rest, code: 'LABEL_TAKEN', message: 'The label is taken.', path: path ?? ['label'], value };
  }
  if (refusal.reason === 'id-taken' || status === 409) {
    return { ...rest, code: 'ID_TAKEN', message: 'An id is taken.', value };
  }
  if (status === 404 && id !== null) {
    return { ...notFound(id, 'The upstream has no such object.'), correlationId };
  }
  if (refusal.reason === 'invalid-input') return { ...rest, code: 'INVALID_INPUT', message };
  return upstreamProblem('UPSTREAM_REJECTED', message, { status, correlationId, path });
}
/** Seconds until the instant or after the delay that Retry-After names (RFC 9110, 10.2.3); null where it names neither. */
export function readRetryAfterSeconds(headers, now = Date.now()) {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
