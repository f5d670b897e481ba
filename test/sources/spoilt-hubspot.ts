import { expect } from 'vitest';
import { openCaller } from '../support/caller.ts';
import type { Caller } from '../support/caller.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import type { FaultRule } from '../support/sandbox-control.ts';
import { salesPipelineId } from '../support/seed.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

/** One HubSpot source whose circuit hardly opens, because that would hide what the next test is about. */
export const spoiltHubSpot: TestGatewayOptions = {
  sources: (url) => [forwardingHubSpotAt(url)],
  resilience: { circuitRetryMs: 1 },
};

/**
 * Asks at a gateway of its own, because how often a failure is tried again depends on what went before. The caller has all the
 * time that the gateway gives, so that a busy machine tries as often, unless it is made another one.
 */
export async function askAlone<T>(
  run: (caller: Caller) => Promise<T>,
  toCaller: (caller: Caller) => Caller = (caller) => caller,
): Promise<T> {
  const own = await startTestGateway(spoiltHubSpot);
  try {
    return await run(toCaller(openCaller(own)));
  } finally {
    await own.close();
  }
}

/** A caller with less time than an upstream that is locked asks for, so that nothing waits for it. */
export function inAHurry(caller: Caller): Caller {
  return {
    ...caller,
    ask: (query, variables, headers) => caller.ask(query, variables, { 'x-deadline-ms': '1900', ...headers }),
  };
}

/** The look-up of one pipeline: what it gives and its error. */
export async function lookUp(caller: Caller) {
  const { data, errors } = await caller.ask(`{ pipeline(id: "${salesPipelineId}") { label } }`);
  return { pipeline: data.pipeline, error: errors?.[0] };
}

/** The list of one object type, with everything that a pipeline says of itself. */
export async function list(caller: Caller, objectType = 'deals') {
  const { data, errors } = await caller.ask(
    `query ($types: [String!]) { pipelines(where: { objectTypes: $types }) {
      nodes { pipelineId label displayOrder isDefault archived createdAt updatedAt archivedAt stages {
        stageId label displayOrder archived createdAt updatedAt outcome writePermissions
        meta { __typename
          ... on DealStageMeta { probability isClosed raw }
          ... on TicketStageMeta { ticketState isClosed raw }
          ... on GenericStageMeta { state raw } } } }
      failures { sourceName objectType code message retryAfterSeconds correlationId } } }`,
    { types: [objectType] },
  );
  expect(errors).toBeUndefined();
  return data.pipelines;
}

/** A list as the upstream would send it. */
export const results = (...pipelines: unknown[]): FaultRule => ({ fault: 'wrong-shape', body: { results: pipelines } });

/** A pipeline as the upstream would send it. */
export const wirePipeline = (more: object = {}) => ({ id: 'p', label: 'P', displayOrder: 0, stages: [], ...more });

/** A stage as the upstream would send it. */
export const wireStage = (more: object = {}) => ({ id: 's', label: 'S', displayOrder: 0, metadata: {}, ...more });
