import type { ObjectType, UpstreamSource } from '../source.ts';
import type { UpstreamOptions } from '../upstream/upstream.ts';
import { connectToOrganization } from './connection.ts';
import { createPipelineWrites } from './pipeline-writes.ts';
import { createReads } from './reads.ts';
import type { OrganizationSettings } from './settings.ts';
import { createStageWrites } from './stage-writes.ts';

/** The organization API: one default pipeline for each type, and others that can be reached by their ids only. */
export function createOrganizationSource(
  settings: OrganizationSettings,
  upstreamOptions: UpstreamOptions,
): UpstreamSource {
  const connection = connectToOrganization(settings, upstreamOptions);
  return {
    name: settings.name,
    kind: 'ORGANIZATION',
    apiVersion: '1',
    sunsetAt: null,
    objectTypes: settings.objectTypes.map(toObjectType),
    capabilities: [
      ...(['CREATE_PIPELINE', 'REPLACE_PIPELINE', 'PATCH_PIPELINE', 'ARCHIVE_PIPELINE'] as const),
      ...(['CREATE_STAGE', 'REPLACE_STAGE', 'PATCH_STAGE', 'ARCHIVE_STAGE', 'MOVE_RECORDS'] as const),
    ],
    credential: settings.credential,
    traits: {
      hidesArchived: false,
      losesRequiredProperties: false,
      replaceAddsStages: true,
      checksReferences: { ofPipeline: true, ofStage: false },
    },
    inputRules: {
      // The API states no bound for names; this one is the gateway's own.
      maxLabelLength: 255,
      newIds: null,
      pipelineFields: { description: true, isDefault: true, displayOrder: false },
      trimsLabels: true,
      probabilityStep: null,
      writesArchivedPipelines: true,
      writesArchivedStages: false,
      mergesStages: true,
      hasUpdatedAt: false,
    },
    ...createReads(connection, settings),
    ...createPipelineWrites(connection),
    ...createStageWrites(connection),
    ...connection.upstream.controls,
  };
}

/** Sent for a new stage whose colour is left out, as nothing says that the API does without one. */
const defaultColor = '#6B7280';

function toObjectType(name: string): ObjectType {
  return {
    name,
    labels: { singular: name, plural: `${name}s` },
    maxStages: null,
    maxLabelLength: null,
    metaField: 'color',
    metaVocabulary: 'organization',
    newStageMeta: { color: defaultColor },
    stageIdMeanings: {},
    portableLabels: null,
  };
}
