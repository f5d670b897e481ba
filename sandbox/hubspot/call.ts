import type { ApiVersion } from './api-versions.ts';
import type { Shelf } from './model.ts';
import type { ObjectType } from './object-types.ts';
import type { Store } from './store/index.ts';

/** What every write needs, in whichever version it was asked for. */
export interface Write {
  readonly store: Store;
  readonly shelf: Shelf;
  readonly type: ObjectType;
  /** The request's moment in epoch milliseconds: all that it changes has this time. */
  readonly now: number;
  /** Longest label of a pipeline or stage, 0 for none. */
  readonly labelLimit: number;
}

/** One request to the API, ready to be answered. */
export interface Call extends Write {
  readonly version: ApiVersion;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What to answer: a status and, where there is one, a JSON body; `location` is the path of what was made. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
}
