// What every peer reads its answers from, and the schema that it serves: the part of the gateway's that is asked for.
import { Pool } from 'undici';

const objectType = 'deals';
const sourceName = 'hubspot';
const listPath = `/crm/pipelines/2026-09/${objectType}`;
// Not `fetch`, which costs more than twice as much on small answers.
const upstream = new Pool(process.env.HUBSPOT_URL ?? '');

export const typeDefs = `
  scalar DateTime
  scalar JSON
  scalar _Any
  enum StageOutcome { OPEN WON LOST CLOSED UNKNOWN }
  enum StageWritePermissions { CRM_PERMISSIONS_ENFORCEMENT READ_ONLY INTERNAL_ONLY OTHER }
  type DealStageMeta { probability: Float! isClosed: Boolean! raw: JSON! }
  type GenericStageMeta { state: String raw: JSON! }
  union StageMeta = DealStageMeta | GenericStageMeta
  type Stage {
    id: ID! sourceName: String! objectType: String! stageId: String! pipeline: Pipeline! label: String!
    displayOrder: Int! archived: Boolean! createdAt: DateTime updatedAt: DateTime archivedAt: DateTime
    meta: StageMeta! outcome: StageOutcome! writePermissions: StageWritePermissions
  }
  type Pipeline {
    id: ID! sourceName: String! objectType: String! pipelineId: String! label: String! description: String
    displayOrder: Int! isDefault: Boolean archived: Boolean! createdAt: DateTime updatedAt: DateTime archivedAt: DateTime
    createdBy: ID updatedBy: ID organizationId: ID stages: [Stage!]!
  }
  type PipelineConnection { nodes: [Pipeline!]! totalCount: Int! }
  union _Entity = Pipeline | Stage
  type Query {
    pipelines(first: Int): PipelineConnection!
    pipelineByKey(sourceName: String, objectType: String!, pipelineId: String!): Pipeline
    _entities(representations: [_Any!]!): [_Entity]!
  }
`;

/** All pipelines, by one call. */
export async function readPipelines() {
  const { results } = await get(listPath);
  return results.map(toPipeline);
}

/** One pipeline, by one call. */
export async function readPipeline(pipelineId) {
  return toPipeline(await get(`${listPath}/${encodeURIComponent(pipelineId)}`));
}

/** The stage that a representation names, in the pipeline that its id names. */
export async function findStage({ id }, read) {
  const [, , , , pipelineId, stageId] = JSON.parse(Buffer.from(id, 'base64url').toString());
  const pipeline = await read(pipelineId);
  return pipeline.stages.find((stage) => stage.stageId === stageId) ?? null;
}

async function get(path) {
  const { statusCode, body } = await upstream.request({ path, method: 'GET' });
  if (statusCode !== 200) throw new Error(`The upstream answered ${statusCode}.`);
  return body.json();
}

function toId(kind, ...ids) {
  return Buffer.from(JSON.stringify([1, kind, sourceName, objectType, ...ids])).toString('base64url');
}

function toPipeline({ id: pipelineId, stages, ...fields }) {
  const pipeline = {
    __typename: 'Pipeline',
    ...fields,
    id: toId('pipeline', pipelineId),
    sourceName,
    objectType,
    pipelineId,
  };
  pipeline.stages = stages.map(({ id: stageId, metadata, ...others }) => {
    const probability = Number(metadata.probability);
    const isClosed = metadata.isClosed === 'true';
    return {
      __typename: 'Stage',
      ...others,
      id: toId('stage', pipelineId, stageId),
      sourceName,
      objectType,
      stageId,
      pipeline,
      meta: { __typename: 'DealStageMeta', probability, isClosed, raw: metadata },
      outcome: isClosed ? (probability === 1 ? 'WON' : 'LOST') : 'OPEN',
    };
  });
  return pipeline;
}
