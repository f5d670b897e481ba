import { z } from 'zod';
import { createHubSpotV1Source } from './hubspot-v1/index.ts';
import { hubSpotV1Settings, hubSpotV1Variables } from './hubspot-v1/settings.ts';
import { createHubSpotSource } from './hubspot/index.ts';
import { hubSpotSettings, hubSpotVariables } from './hubspot/settings.ts';
import { createOrganizationSource } from './organization/index.ts';
import { organizationSettings, organizationVariables } from './organization/settings.ts';
import type { SourceVariable } from './settings.ts';
import type { PipelineSource } from './source.ts';
import type { UpstreamOptions } from './upstream/upstream.ts';

/** The settings of one source, of any kind. */
export const sourceSettings = z.discriminatedUnion('kind', [hubSpotSettings, hubSpotV1Settings, organizationSettings]);
export type SourceSettings = z.infer<typeof sourceSettings>;

/** The environment variables of each kind's one source, which is named after the kind. */
export const sourceVariables: Readonly<Record<SourceSettings['kind'], readonly SourceVariable[]>> = {
  hubspot: hubSpotVariables,
  'hubspot-v1': hubSpotV1Variables,
  organization: organizationVariables,
};

/** Connects to a source; nothing is sent until it is asked for something. */
export function createSource(settings: SourceSettings, upstreamOptions: UpstreamOptions): PipelineSource {
  switch (settings.kind) {
    case 'hubspot':
      return createHubSpotSource(settings, upstreamOptions);
    case 'hubspot-v1':
      return createHubSpotV1Source(settings, upstreamOptions);
    case 'organization':
      return createOrganizationSource(settings, upstreamOptions);
  }
}
