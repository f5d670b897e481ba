/** The invented HubSpot account that a benchmark reads: as HubSpot 2026-09 answers it, and as GraphQL answers it. */

/** How large the account is. */
export interface AccountSize {
  readonly pipelines: number;
  readonly stages: number;
}

/** A stage as HubSpot answers it. */
interface WireStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: { readonly isClosed: string; readonly probability: string };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly writePermissions: string;
}

/** A pipeline as HubSpot answers it. */
export interface WirePipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly WireStage[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
}

/** What the one source is called, and the object type that it has. */
export const sourceName = 'hubspot';
/** The object type of the account's pipelines. */
export const objectType = 'deals';
/** Where HubSpot has the list of them. */
export const listPath = `/crm/pipelines/2026-09/${objectType}`;

const createdAt = '2024-03-05T09:30:00.417Z';
const updatedAt = '2026-10-19T14:02:11.093Z';

/** All pipelines, in display order. The same size gives the same account. */
export function makeAccount({ pipelines, stages }: AccountSize): readonly WirePipeline[] {
  return Array.from({ length: pipelines }, (_, place) => ({
    id: `p${place}`,
    label: `Pipeline ${place} of the benchmark`,
    displayOrder: place,
    stages: Array.from({ length: stages }, (_, stagePlace) => makeStage(place, stagePlace, stages)),
    createdAt,
    updatedAt,
    archived: false,
  }));
}

/** The last two stages are won and lost. */
function makeStage(pipelinePlace: number, place: number, count: number): WireStage {
  const fromEnd = count - 1 - place;
  const probability = fromEnd === 0 ? 0 : fromEnd === 1 ? 1 : Math.ceil((place + 1) * (90 / count)) / 100;
  return {
    id: `p${pipelinePlace}s${place}`,
    label: `Stage ${place} of pipeline ${pipelinePlace}`,
    displayOrder: place,
    metadata: { isClosed: String(fromEnd < 2), probability: fromEnd < 2 ? `${probability}.0` : String(probability) },
    createdAt,
    updatedAt,
    archived: false,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

/** The gateway's opaque ids, made here anew, so that the benchmark does not believe the code that it measures. */
export function toId(kind: 'pipeline' | 'stage', ...ids: readonly string[]): string {
  return Buffer.from(JSON.stringify([1, kind, sourceName, objectType, ...ids])).toString('base64url');
}

/** Every field of a stage that `plainFields` asks for. */
function toStage(pipeline: WirePipeline, stage: WireStage) {
  const { id: stageId, metadata, ...fields } = stage;
  const probability = Number(metadata.probability);
  return {
    ...fields,
    id: toId('stage', pipeline.id, stageId),
    sourceName,
    objectType,
    stageId,
    archivedAt: null,
    meta: { __typename: 'DealStageMeta', probability, isClosed: metadata.isClosed === 'true', raw: metadata },
    outcome: metadata.isClosed === 'false' ? 'OPEN' : probability === 1 ? 'WON' : 'LOST',
  };
}

/** Every field of a pipeline that `plainFields` asks for. */
export function toPipeline(pipeline: WirePipeline) {
  const { id: pipelineId, stages, ...fields } = pipeline;
  const unknown = { description: null, isDefault: null, archivedAt: null };
  return {
    ...fields,
    ...unknown,
    createdBy: null,
    updatedBy: null,
    organizationId: null,
    id: toId('pipeline', pipelineId),
    sourceName,
    objectType,
    pipelineId,
    stages: stages.map((stage) => toStage(pipeline, stage)),
  };
}

/** The selection of all plain fields and the metadata, whatever its type. What only this gateway has is not in it. */
export const plainFields = `id sourceName objectType pipelineId label description displayOrder isDefault archived
  createdAt updatedAt archivedAt createdBy updatedBy organizationId
  stages {
    id sourceName objectType stageId label displayOrder archived createdAt updatedAt archivedAt outcome writePermissions
    meta { __typename ... on DealStageMeta { probability isClosed raw } ... on GenericStageMeta { state raw } }
  }`;
