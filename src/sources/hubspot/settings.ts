import { z } from 'zod';
import { commonSettings, kindDescription, objectTypeList, objectTypeName, readNames, sourceUrl } from '../settings.ts';
import type { SourceVariable } from '../settings.ts';
import { hubSpotVersion } from './versions.ts';

/** A connection to one HubSpot portal. */
export const hubSpotSettings = z.strictObject({
  ...commonSettings,
  kind: z.literal('hubspot').describe(kindDescription),
  url: sourceUrl.default('https://api.hubapi.com').describe('Where the API listens.'),
  apiVersion: hubSpotVersion.default('2026-09').describe('The version of HubSpot’s API.'),
  objectTypes: objectTypeList(objectTypeName)
    .default(['deals', 'tickets'])
    .describe('The object types whose pipelines are served, custom ones by their id or name.'),
});
/** The checked settings of one source. */
export type HubSpotSettings = z.infer<typeof hubSpotSettings>;

/** The variables that configure the source named `hubspot`, unless one of them names it. */
export const hubSpotVariables: readonly SourceVariable[] = [
  { name: 'HUBSPOT_TOKEN', path: ['credential', 'token'] },
  { name: 'HUBSPOT_NAME', path: ['name'] },
  { name: 'HUBSPOT_URL', path: ['url'] },
  { name: 'HUBSPOT_API_VERSION', path: ['apiVersion'] },
  { name: 'HUBSPOT_OBJECT_TYPES', path: ['objectTypes'], read: readNames },
];
