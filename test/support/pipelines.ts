import fc from 'fast-check';
import type { TestGateway } from './gateway.ts';

/** What most tests want to see of a pipeline. */
const pipelineFields = /* GraphQL */ `
  fragment PipelineFields on Pipeline {
    id
    sourceName
    objectType
    pipelineId
    label
    displayOrder
    description
    isDefault
    archived
    updatedAt
    stages {
      id
      stageId
      label
      displayOrder
      outcome
      updatedAt
      meta {
        __typename
        ... on DealStageMeta {
          probability
        }
        ... on TicketStageMeta {
          ticketState
        }
        ... on GenericStageMeta {
          state
        }
        ... on OrganizationStageMeta {
          color
        }
      }
    }
  }
`;

export const errorFields = /* GraphQL */ `
  fragment ErrorFields on PipelineMutationError {
    __typename
    code
    message
    path
    correlationId
    mayHaveBeenApplied
    ... on PipelineNotFoundError {
      id
    }
    ... on PipelineConflictError {
      value
    }
    ... on StageInUseError {
      stageIds
      recordIds
      stages {
        stageId
        label
      }
    }
    ... on PipelineLimitExceededError {
      limit
      actual
    }
    ... on PipelineStaleError {
      updatedAt
    }
    ... on PipelineUnsupportedError {
      capability
    }
    ... on PipelineAccessDeniedError {
      requiredScopes
    }
    ... on PipelineRateLimitedError {
      policy
      retryAfterSeconds
    }
    ... on PipelineUpstreamError {
      status
    }
  }
`;

export const changeFields = /* GraphQL */ `
  fragment ChangeFields on PipelineChange {
    kind
    stageId
    field
    before
    after
    summary
  }
`;

interface StageOfAnswer {
  readonly id: string;
  readonly stageId: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly outcome: string;
  readonly updatedAt: string | null;
  readonly meta: { readonly __typename: string } & Readonly<Record<string, unknown>>;
}

export interface PipelineOfAnswer {
  readonly id: string;
  readonly sourceName: string;
  readonly objectType: string;
  readonly pipelineId: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly updatedAt: string | null;
  readonly stages: readonly StageOfAnswer[];
}

/** Runs one mutation and gives its payload; `selection` is what is asked of it beside the errors. */
export async function mutate(gateway: TestGateway, name: string, input: object, selection: string) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const fragments = [pipelineFields, changeFields].filter((text) =>
    selection.includes(`...${text.trim().split(' ')[1] ?? ''}`),
  );
  const answer = await gateway.ask(
    `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} errors { ...ErrorFields } } } ${errorFields} ${fragments.join(' ')}`,
    { input },
  );
  if (answer.errors !== undefined) throw new Error(`${name}: ${answer.text}`);
  return answer.data[name];
}

/** Creates a pipeline and gives it as it reads afterwards. */
export async function createPipeline(gateway: TestGateway, input: object): Promise<PipelineOfAnswer> {
  const payload = await mutate(gateway, 'createPipeline', input, 'pipeline { ...PipelineFields }');
  if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
  return payload.pipeline;
}

/** A pipeline as it reads now. */
export async function readPipeline(gateway: TestGateway, id: string): Promise<PipelineOfAnswer | null> {
  const answer = await gateway.ask(`query($id: ID!) { pipeline(id: $id) { ...PipelineFields } } ${pipelineFields}`, {
    id,
  });
  if (answer.errors !== undefined) throw new Error(answer.text);
  return answer.data.pipeline;
}

/** A place with what its stages' metadata can be. */
export interface TestPlace {
  readonly sourceName: string;
  readonly objectType: 'deals' | 'tickets' | 'Contact';
  readonly meta: fc.Arbitrary<object>;
}

export const hubSpotDeals: TestPlace = {
  sourceName: 'hubspot',
  objectType: 'deals',
  meta: fc.record({ probability: fc.integer({ min: 0, max: 20 }).map((n) => n / 20) }),
};

/** The places of the sandbox whose pipelines can be replaced, with what their stages' metadata can be. */
export const places: readonly TestPlace[] = [
  hubSpotDeals,
  { sourceName: 'hubspot', objectType: 'tickets', meta: fc.record({ ticketState: fc.constantFrom('OPEN', 'CLOSED') }) },
  {
    sourceName: 'hubspot-v1',
    objectType: 'deals',
    meta: fc.record({ probability: fc.integer({ min: 0, max: 10 }).map((n) => n / 10) }),
  },
  {
    sourceName: 'organization',
    objectType: 'Contact',
    meta: fc.record({ color: fc.constantFrom('#112233', '#AABBCC') }),
  },
];

/** Labels that differ in more than case and outer spaces. */
const distinctLabels = (size: { minLength: number; maxLength: number }) =>
  fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 é-]{0,18}[a-z0-9]$/), {
    ...size,
    selector: (label) => label.trim().toLowerCase(),
  });

/** A list of stages that the place accepts. */
export function stageLists({ objectType, meta }: TestPlace) {
  return distinctLabels({ minLength: 1, maxLength: 6 }).chain((labels) =>
    fc.array(meta, { minLength: labels.length, maxLength: labels.length }).map((metas) =>
      labels.map((label, index) => ({
        label,
        meta: objectType === 'tickets' && index === 0 ? { ticketState: 'CLOSED' } : metas[index],
      })),
    ),
  );
}
