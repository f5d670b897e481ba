import { toStageGlobalId } from '../../src/domain/ids.ts';

/** The kinds of request whose way through the code is shown. */
export type WalkName = 'query' | 'mutation' | 'entities';

/** Makes one kind of request, about the sandbox's deals or its tickets. */
export type Walk = (objectType: keyof typeof seeds) => { readonly query: string; readonly variables: object };

/** A pipeline of each object type that the sandbox has from the start, and one of its stages. */
const seeds = {
  deals: { pipelineId: 'default', stageId: 'closedwon' },
  tickets: { pipelineId: '0', stageId: '1' },
} as const;
const sourceName = 'hubspot';

/** One request of each kind, as simple as they come. */
export const walks: Readonly<Record<WalkName, Walk>> = {
  query: (objectType) => ({
    query: `query ($objectType: String!, $pipelineId: String!) {
      pipelineByKey(sourceName: "${sourceName}", objectType: $objectType, pipelineId: $pipelineId) {
        label
        stages { label outcome }
      }
    }`,
    variables: { objectType, pipelineId: seeds[objectType].pipelineId },
  }),
  mutation: (objectType) => ({
    query: `mutation ($input: ReplacePipelineStageInput!) {
      replacePipelineStage(input: $input) { stage { label outcome } errors { code message } }
    }`,
    variables: {
      input: {
        id: toStageGlobalId({ sourceName, objectType, ...seeds[objectType] }),
        label: 'Renamed',
        displayOrder: 0,
      },
    },
  }),
  entities: (objectType) => ({
    query: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Stage { label outcome } }
    }`,
    variables: {
      representations: [{ __typename: 'Stage', sourceName, objectType, stageId: seeds[objectType].stageId }],
    },
  }),
};
