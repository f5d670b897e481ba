import { z } from 'zod';
import { commonSettings, kindDescription, objectTypeList, sourceUrl } from '../settings.ts';
import type { SourceVariable } from '../settings.ts';

/** A connection to the crm-pipelines v1 API of one HubSpot portal. */
export const hubSpotV1Settings = z.strictObject({
  ...commonSettings,
  kind: z.literal('hubspot-v1').describe(kindDescription),
  url: sourceUrl.default('https://api.hubapi.com').describe('Where the API listens.'),
  objectTypes: objectTypeList(z.enum(['deals', 'tickets']))
    .default(['deals', 'tickets'])
    .describe('The object types whose pipelines are served.'),
});
/** The checked settings of one source. */
export type HubSpotV1Settings = z.infer<typeof hubSpotV1Settings>;

/** The variables that configure the source named `hubspot-v1`, unless one of them names it. */
export const hubSpotV1Variables: readonly SourceVariable[] = [
  { name: 'HUBSPOT_V1_TOKEN', path: ['credential', 'token'] },
  { name: 'HUBSPOT_V1_NAME', path: ['name'] },
  { name: 'HUBSPOT_V1_URL', path: ['url'] },
];
