import type { PipelineCapability, PipelineInvalidInputReason } from '../generated/enums.ts';
import type { Stage } from './pipeline.ts';

/** Why something could not be done, as plain data: the payload's typed errors, and the source of every query error. */
export type Problem =
  | InvalidInputProblem
  | NotFoundProblem
  | ConflictProblem
  | StageInUseProblem
  | LimitExceededProblem
  | StaleProblem
  | UnsupportedProblem
  | AccessDeniedProblem
  | RateLimitedProblem
  | UpstreamProblem;

interface ProblemBase {
  /** For a person; holds nothing that an upstream sent but its own refusal of a write. */
  readonly message: string;
  /** The input field at fault. */
  readonly path: readonly string[] | null;
  /** The upstream's id for the failed call. */
  readonly correlationId: string | null;
  /** True where the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: boolean;
}

/** Input that is at fault; `path` names the field. */
export interface InvalidInputProblem extends ProblemBase {
  readonly code: 'INVALID_INPUT';
  readonly reason: PipelineInvalidInputReason;
  /** The bound that is broken, if one is. */
  readonly limit: number | null;
}

/** An object that does not exist, by the global id that was asked for. */
export interface NotFoundProblem extends ProblemBase {
  readonly code: 'NOT_FOUND';
  readonly id: string;
}

/** A label or an id that another object has; `value` is null if the upstream does not tell which. */
export interface ConflictProblem extends ProblemBase {
  readonly code: 'LABEL_TAKEN' | 'ID_TAKEN';
  readonly value: string | null;
}

/** Stages that records are in, which the write would remove. */
export interface StageInUseProblem extends ProblemBase {
  readonly code: 'STAGE_IN_USE';
  readonly stageIds: readonly string[];
  /** Those of the stages that the pipeline had when the write was tried. */
  readonly stages: readonly Stage[];
  /** At most a hundred of them. */
  readonly recordIds: readonly string[];
  /** How many records the upstream names in all. */
  readonly recordCount: number;
}

/** More of something than the source takes. */
export interface LimitExceededProblem extends ProblemBase {
  readonly code: 'LIMIT_EXCEEDED';
  readonly limit: number | null;
  readonly actual: number | null;
}

/** An object that somebody changed since the caller read it. */
export interface StaleProblem extends ProblemBase {
  readonly code: 'STALE_OBJECT';
  readonly updatedAt: string | null;
  readonly revision: string | null;
}

/** Something that the source cannot do. */
export interface UnsupportedProblem extends ProblemBase {
  readonly code: 'UNSUPPORTED';
  readonly capability: PipelineCapability;
}

/** A credential that the upstream does not accept, or not for this. */
export interface AccessDeniedProblem extends ProblemBase {
  readonly code: 'UPSTREAM_UNAUTHENTICATED' | 'UPSTREAM_FORBIDDEN';
  readonly requiredScopes: readonly string[];
}

/** A rate limit that has nothing left; the time is in seconds, null if nobody knows it. */
export interface RateLimitedProblem extends ProblemBase {
  readonly code: 'UPSTREAM_RATE_LIMITED';
  readonly policy: string | null;
  readonly retryAfterSeconds: number | null;
}

/** A failure of the upstream itself; `status` is null if no answer came. */
export interface UpstreamProblem extends ProblemBase {
  readonly code:
    | 'UPSTREAM_UNAVAILABLE'
    | 'UPSTREAM_TIMEOUT'
    | 'UPSTREAM_CONTRACT'
    | 'UPSTREAM_REJECTED'
    | 'UPSTREAM_OUTCOME_UNKNOWN';
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
}

/** Carries problems up to whoever answers the caller; `sourceName` is the source that they arose at, if any. */
export class PipelineFault extends Error {
  override readonly name = 'PipelineFault';
  readonly problems: readonly [Problem, ...Problem[]];
  readonly sourceName: string | null;
  /** How often the request that failed was sent; 0 if nothing of it left. */
  sends = 0;

  constructor(problems: readonly [Problem, ...Problem[]], sourceName: string | null = null) {
    super(problems[0].message);
    this.problems = problems;
    this.sourceName = sourceName;
  }
}

/** The parts of a problem that most problems leave empty: nothing was sent, no field is at fault. */
export const nothingMore = { path: null, correlationId: null, mayHaveBeenApplied: false } as const;

/** An input field at fault, by its path. */
export function invalidInput(
  path: readonly string[],
  message: string,
  reason: PipelineInvalidInputReason = 'OTHER',
  limit: number | null = null,
): InvalidInputProblem {
  return { code: 'INVALID_INPUT', message, path, correlationId: null, mayHaveBeenApplied: false, reason, limit };
}

/** A mutation's object that does not exist; `id` is the global id that was asked for. */
export function notFound(id: string, message: string): NotFoundProblem {
  return { ...nothingMore, code: 'NOT_FOUND', message, id };
}

/** Something that the source's API cannot do, found before any call. */
export function unsupported(sourceName: string, capability: PipelineCapability): UnsupportedProblem {
  return { ...nothingMore, code: 'UNSUPPORTED', message: `Source "${sourceName}" cannot ${capability}.`, capability };
}

/** A problem with the upstream itself; `status` is the HTTP status where an answer came. */
export function upstreamProblem(
  code: UpstreamProblem['code'],
  message: string,
  more: Partial<Omit<UpstreamProblem, 'code' | 'message'>> = {},
): UpstreamProblem {
  return { ...nothingMore, status: null, retryAfterSeconds: null, code, message, ...more };
}

/** The same fault of a write that, as a whole or in part, happened or may have. */
export function afterWrite(fault: PipelineFault): PipelineFault {
  const [first, ...rest] = fault.problems;
  const applied = <T extends Problem>(problem: T): T => ({ ...problem, mayHaveBeenApplied: true });
  return new PipelineFault([applied(first), ...rest.map(applied)], fault.sourceName);
}

/** The `extensions.code` of a problem in a query. Input is at fault in a query's own arguments, so it has GraphQL's name. */
export function toQueryErrorCode({ code }: Problem): string {
  return code === 'INVALID_INPUT' ? 'BAD_USER_INPUT' : code;
}
