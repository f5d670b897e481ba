import { z } from 'zod';
import type { PathSegment } from '../upstream/transport.ts';

/** The versions of HubSpot's pipelines API that one client serves: they differ in the path's prefix only. */
export const hubSpotVersion = z.enum(['v3', '2026-03', '2026-09']);
type HubSpotVersion = z.infer<typeof hubSpotVersion>;

/** The path's first segments, by version. */
export const pathPrefixes: Readonly<Record<HubSpotVersion, readonly PathSegment[]>> = {
  v3: ['crm', { version: 'v3' }, 'pipelines'],
  '2026-03': ['crm', 'pipelines', { version: '2026-03' }],
  '2026-09': ['crm', 'pipelines', { version: '2026-09' }],
};
