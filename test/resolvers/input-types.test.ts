import { describe, expect, test } from 'vitest';
import { openCaller } from '../support/caller.ts';
import { closedWonId, salesPipelineId } from '../support/seed.ts';
import { expectUndisturbed, twoHubSpots } from '../support/two-hubspots.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway(twoHubSpots);

describe.concurrent('values that are not of their type', () => {
  test.each<[string, string, string]>([
    ['a probability that is no number', '"NaN"', '{ probability: $value }'],
    ['a probability in words', '"high"', '{ probability: $value }'],
    ['a state that there is not', '"PAUSED"', '{ ticketState: $value }'],
  ])('a mutation with %s is GraphQL’s own 400, and nothing is sent', async (_, value, meta) => {
    const caller = openCaller(gateway);
    const literal = meta.replace('$value', value);
    const text = `mutation { patchPipelineStage(input: { id: "${closedWonId}", meta: ${literal} }) { errors { code } } }`;
    expect((await caller.ask(text)).status).toBe(400);
    expect(await caller.requests()).toEqual([]);
  });

  test.each(['NaN', '1e999', '-1e999', 'Infinity'])(
    'the probability %s is refused, written out or as a variable',
    async (value) => {
      const caller = openCaller(gateway);
      const inline = await caller.ask(
        `mutation { patchPipelineStage(input: { id: "${closedWonId}", meta: { probability: ${value} } }) { errors { code path } } }`,
      );
      const isRefused = inline.status === 400 || inline.data.patchPipelineStage.errors[0].code === 'INVALID_INPUT';
      expect(isRefused).toBe(true);
      const variables = await caller.ask(
        'mutation ($input: PatchPipelineStageInput!) { patchPipelineStage(input: $input) { errors { code } } }',
        {
          input: { id: closedWonId, meta: { probability: value } },
        },
      );
      expect(variables.status).toBe(400);
      expect(await caller.requests()).toEqual([]);
    },
  );

  test.each(['yesterday', '2024-01-01', '2024-13-01T00:00:00Z', '', '0'])(
    'the instant "%s" is GraphQL’s own 400, and nothing is sent',
    async (ifUpdatedAt) => {
      const caller = openCaller(gateway);
      const text = 'mutation ($input: PatchPipelineInput!) { patchPipeline(input: $input) { errors { code } } }';
      expect((await caller.ask(text, { input: { id: salesPipelineId, label: 'x', ifUpdatedAt } })).status).toBe(400);
      expect(await caller.requests()).toEqual([]);
    },
  );
});

test('a value of the wrong type leaves nothing unexpected in the log, and the gateway as it was', () =>
  expectUndisturbed(gateway));
