import type { WriteContext } from '../hubspot/call.ts';

/** One call of an operation; an id that the path lacks is empty. */
export interface Call extends WriteContext {
  readonly pipelineId: string;
  readonly includeInactive: unknown;
  readonly body: unknown;
}
