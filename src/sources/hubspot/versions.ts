import { z } from 'zod';
import type { PathSegment } from '../upstream/transport.ts';

/**
 * A version of HubSpot's pipelines API. HubSpot ships a date version each March and September. One that comes later is taken
 * too: it is expected to have the form of those before it.
 */
export const hubSpotVersion = z
  .string()
  .regex(/^(v3|20\d\d-(0[1-9]|1[0-2]))$/, 'must be v3 or a date version such as 2026-09');

/** The path's first segments, which are all that the versions differ in. */
export function toPathPrefix(version: string): readonly PathSegment[] {
  return version === 'v3' ? ['crm', { version }, 'pipelines'] : ['crm', 'pipelines', { version }];
}
