import { z } from 'zod';

/** The versions of HubSpot's pipelines API that one client serves: they differ in the path's prefix only. */
export const hubSpotVersion = z.enum(['v3', '2026-03', '2026-09']);
export type HubSpotVersion = z.infer<typeof hubSpotVersion>;

/** The path's first segments, by version. */
export const pathPrefixes: Readonly<Record<HubSpotVersion, readonly string[]>> = {
  v3: ['crm', 'v3', 'pipelines'],
  '2026-03': ['crm', 'pipelines', '2026-03'],
  '2026-09': ['crm', 'pipelines', '2026-09'],
};
