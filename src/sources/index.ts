import { z } from 'zod';
import { createHubSpotV1Source } from './hubspot-v1/index.ts';
import { hubSpotV1Settings, hubSpotV1Variables } from './hubspot-v1/settings.ts';
import { createHubSpotSource } from './hubspot/index.ts';
import { hubSpotSettings, hubSpotVariables } from './hubspot/settings.ts';
import { createOrganizationSource } from './organization/index.ts';
import { organizationSettings, organizationVariables } from './organization/settings.ts';
import type { SourceVariable } from './settings.ts';
import type { UpstreamSource } from './source.ts';
import type { UpstreamOptions } from './upstream/upstream.ts';

/** Every kind of source: without its line here and its folder, the gateway knows nothing of it. */
const kinds = {
  hubspot: { settings: hubSpotSettings, variables: hubSpotVariables, create: createHubSpotSource },
  'hubspot-v1': { settings: hubSpotV1Settings, variables: hubSpotV1Variables, create: createHubSpotV1Source },
  organization: { settings: organizationSettings, variables: organizationVariables, create: createOrganizationSource },
};

type Kind = keyof typeof kinds;
type KindSettings = (typeof kinds)[Kind]['settings'];
type SettingsOf<K extends Kind> = Extract<SourceSettings, { readonly kind: K }>;
type Create<Settings> = (settings: Settings, upstreamOptions: UpstreamOptions) => UpstreamSource;

/** The settings of one source, of any kind. */
export const sourceSettings = z.discriminatedUnion(
  'kind',
  Object.values(kinds).map(({ settings }) => settings) as [KindSettings, ...KindSettings[]],
);
/** Checked settings of one source, of any kind. */
export type SourceSettings = z.infer<typeof sourceSettings>;

/** The environment variables of each kind's one source, which is named after the kind unless one of them names it. */
export const sourceVariables = Object.fromEntries(
  Object.entries(kinds).map(([kind, { variables }]) => [kind, variables]),
) as Readonly<Record<Kind, readonly SourceVariable[]>>;

/** Connects to a source; nothing is sent until it is asked for something. */
export function createSource<K extends Kind>(
  settings: SettingsOf<K> & { readonly kind: K },
  upstreamOptions: UpstreamOptions,
): UpstreamSource {
  const creates: { readonly [Each in Kind]: { readonly create: Create<SettingsOf<Each>> } } = kinds;
  return creates[settings.kind].create(settings, upstreamOptions);
}
