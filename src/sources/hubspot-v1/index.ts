import { maxV1LabelLength } from '../hubspot-api/object-types.ts';
import type { UpstreamSource } from '../source.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import { connectToHubSpotV1 } from './connection.ts';
import { toObjectType } from './object-types.ts';
import { createPipelineWrites } from './pipeline-writes.ts';
import { createReads } from './reads.ts';
import { createReplacement } from './replacement.ts';
import type { HubSpotV1Settings } from './settings.ts';
import { maxIdLength, newIdPattern } from './stage-ids.ts';
import { createStageWrites } from './stage-writes.ts';
import { apiVersion } from './version.ts';

/**
 * HubSpot's crm-pipelines v1 API, which HubSpot retires in December 2026. It lists, creates, replaces and deletes whole
 * pipelines and nothing else. So one pipeline is read from the list, and each change is a replacement of the whole. It
 * cannot be asked whether records are in a stage.
 */
export function createHubSpotV1Source(settings: HubSpotV1Settings, upstreamOptions: UpstreamOptions): UpstreamSource {
  const connection = connectToHubSpotV1(settings, upstreamOptions);
  const reads = createReads(connection);
  const replace = createReplacement(connection, reads);
  return {
    name: settings.name,
    kind: 'HUBSPOT_LEGACY',
    apiVersion: apiVersion.name,
    sunsetAt: apiVersion.sunsetAt,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...(['LIST_PIPELINES', 'CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'] as const),
      ...(['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE'] as const),
    ],
    credential: settings.credential,
    traits: {
      hidesArchived: true,
      losesRequiredProperties: true,
      replaceAddsStages: true,
      checksReferences: { ofPipeline: false, ofStage: false },
    },
    inputRules: {
      maxLabelLength: maxV1LabelLength,
      newIds: { maxPipelineId: maxIdLength, maxStageId: maxIdLength, pattern: newIdPattern },
      pipelineFields: { description: false, isDefault: false, displayOrder: true },
      trimsLabels: false,
      probabilityStep: 0.1,
      writesArchivedPipelines: false,
      writesArchivedStages: true,
      mergesStages: false,
      hasUpdatedAt: true,
    },
    ...reads,
    ...createPipelineWrites(connection, reads, replace),
    ...createStageWrites(replace),
    ...connection.upstream.controls,
  };
}
