import { toObjectType } from '../hubspot-api/object-types.ts';
import type { InputRules } from '../input-rules.ts';
import type { UpstreamSource } from '../source.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import { connectToHubSpot } from './connection.ts';
import { createPipelineWrites } from './pipeline-writes.ts';
import { createReads } from './reads.ts';
import type { HubSpotSettings } from './settings.ts';
import { createStageWrites } from './stage-writes.ts';

const inputRules: InputRules = {
  // HubSpot states no bound for labels in these versions; this one is the gateway's own.
  maxLabelLength: 255,
  newIds: { maxPipelineId: 36, maxStageId: 100, pattern: null },
  pipelineFields: { description: false, isDefault: false, displayOrder: true },
  trimsLabels: false,
  probabilityStep: null,
  writesArchivedPipelines: true,
  writesArchivedStages: true,
  mergesStages: false,
  hasUpdatedAt: true,
};

/** HubSpot's CRM pipelines API: v3 and the date versions, which share one form. */
export function createHubSpotSource(settings: HubSpotSettings, upstreamOptions: UpstreamOptions): UpstreamSource {
  const connection = connectToHubSpot(settings, upstreamOptions);
  const reads = createReads(connection);
  return {
    name: settings.name,
    kind: 'HUBSPOT',
    apiVersion: settings.apiVersion,
    sunsetAt: null,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...(['LIST_PIPELINES', 'CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'] as const),
      ...(['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE'] as const),
      ...(['READ_AUDIT', 'VALIDATE_REFERENCES'] as const),
    ],
    credential: settings.credential,
    traits: {
      hidesArchived: false,
      losesRequiredProperties: false,
      // Nobody knows what a PUT does with a stageId that no stage has.
      replaceAddsStages: false,
      checksReferences: { ofPipeline: true, ofStage: true },
    },
    inputRules,
    ...reads,
    ...createPipelineWrites(connection, reads),
    ...createStageWrites(connection, reads),
    ...connection.upstream.controls,
  };
}
