import type { Unknowns } from '../unknowns.ts';
import type { LatePipelines } from './late-pipelines.ts';
import type { Account } from './model.ts';

/** One call of an operation, by the organization that its token belongs to. */
export interface Call {
  readonly account: Account;
  readonly unknowns: Unknowns;
  readonly latePipelines: LatePipelines;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** What to answer: the JSON body and its status, 200 unless given. */
export interface Answer {
  readonly status?: number;
  readonly body: object;
}
