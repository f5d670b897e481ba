import type { Unknowns } from '../unknowns.ts';
import type { ApiVersion } from './api-versions.ts';
import type { Collection } from './model.ts';
import type { ObjectType } from './object-types.ts';
import type { Store } from './store/index.ts';

/** What every write works on, in whichever version it was asked for. */
export interface WriteContext {
  readonly store: Store;
  readonly collection: Collection;
  readonly type: ObjectType;
  /** The request's moment in epoch milliseconds: all that it changes has this time. */
  readonly now: number;
  /** Longest label of a pipeline or stage, 0 for none. */
  readonly labelLimit: number;
  readonly unknowns: Unknowns;
}

/** One call of an operation; an id that the path lacks is empty. */
export interface Call extends WriteContext {
  readonly version: ApiVersion;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
