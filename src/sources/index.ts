import { z } from 'zod';
import { createHubSpotSource } from './hubspot/index.ts';
import { hubSpotSettings, hubSpotVariables } from './hubspot/settings.ts';
import type { SourceVariable } from './settings.ts';
import type { PipelineSource } from './source.ts';

/** The settings of one source, of any kind. */
export const sourceSettings = z.discriminatedUnion('kind', [hubSpotSettings]);
export type SourceSettings = z.infer<typeof sourceSettings>;

/** The environment variables of each kind's one source, which is named after the kind. */
export const sourceVariables: Readonly<Record<SourceSettings['kind'], readonly SourceVariable[]>> = {
  hubspot: hubSpotVariables,
};

/** Connects to a source; nothing is sent until it is asked for something. */
export function createSource(settings: SourceSettings): PipelineSource {
  switch (settings.kind) {
    case 'hubspot':
      return createHubSpotSource(settings);
  }
}
