import { z } from 'zod';
import { createHubSpotSource } from './hubspot/index.js';
import { hubSpotSettings, hubSpotVariables } from './hubspot/settings.js';
import { createHubSpotV1Source } from './hubspot-v1/index.js';
import { hubSpotV1Settings, hubSpotV1Variables } from './hubspot-v1/settings.js';
import { createOrganizationSource } from './organization/index.js';
import { organizationSettings, organizationVariables } from './organization/settings.js';
/** The settings of one source, of any kind. */
export const sourceSettings = z.discriminatedUnion('kind', [hubSpotSettings, hubSpotV1Settings, organizationSettings]);
/** The environment variables of each kind's one source, which is named after the kind. */
export const sourceVariables = {
  hubspot: hubSpotVariables,
  'hubspot-v1': hubSpotV1Variables,
  organization: organizationVariables,
};
/** Connects to a source; nothing is sent until it is asked for something. */
export function createSource(settings) {
  switch (settings.kind) {
    case 'hubspot':
      return createHubSpotSource(settings);
    case 'hubspot-v1':
      return createHubSpotV1Source(settings);
    case 'organization':
      return createOrganizationSource(settings);
  }
}
