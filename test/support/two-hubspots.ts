import { expect } from 'vitest';
import type { TestGateway, TestGatewayOptions } from './gateway.ts';
import { forwardingHubSpotAt } from './sources.ts';

/** Two HubSpot sources, `hubspot` and `second`, that both have deals and each an object type that the other lacks. */
export const twoHubSpots: TestGatewayOptions = {
  sources: (url) => [
    forwardingHubSpotAt(url, { objectTypes: ['deals', 'tickets', 'services', '2-7'] }),
    forwardingHubSpotAt(url, { name: 'second', objectTypes: ['deals', 'courses'] }),
  ],
};

/** A stage of deals, as input. */
export const dealStage = { label: 'A', meta: { probability: 0.5 } };

/** Stages with labels of their own, as input; each a stage of deals unless `more` says otherwise. */
export function manyStages(count: number, more: object = { meta: dealStage.meta }): object[] {
  return Array.from({ length: count }, (_, n) => ({ label: `Stage ${n}`, ...more }));
}

/** Checks, after all that a test file sent, that the gateway still answers and logged no defect of its own. */
export async function expectUndisturbed(gateway: TestGateway): Promise<void> {
  expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  expect(gateway.logLines.filter((line) => line.includes('unexpected error'))).toEqual([]);
}
