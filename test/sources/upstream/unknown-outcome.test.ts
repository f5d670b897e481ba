import { describe, expect, test } from 'vitest';
import { openCaller } from '../../support/caller.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { salesPipelineId } from '../../support/seed.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { list, lookUp, spoiltHubSpot } from '../spoilt-hubspot.ts';

const gateway = useGateway(spoiltHubSpot);

describe.concurrent('writes whose answer is lost', () => {
  const unknown = { code: 'UPSTREAM_OUTCOME_UNKNOWN', mayHaveBeenApplied: true, __typename: 'PipelineUpstreamError' };

  test.each<[string, FaultRule, string]>([
    ['before it happened', { fault: 'reset', when: 'before' }, 'Sales Pipeline'],
    ['after it happened', { fault: 'reset', when: 'after' }, 'Renamed'],
  ])(
    'a write whose answer is lost %s is of unknown outcome, and the next read shows which',
    async (_, fault, label) => {
      const caller = openCaller(gateway);
      await caller.fault({ ...fault, match: { method: 'PATCH' } });
      const { pipeline, errors } = await mutate(
        caller,
        'patchPipeline',
        { id: salesPipelineId, label: 'Renamed' },
        'pipeline { label }',
      );
      expect({ pipeline, errors }).toMatchObject({ pipeline: null, errors: [unknown] });
      expect((await lookUp(caller)).pipeline).toEqual({ label });
      expect((await caller.requests()).map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
    },
  );

  const unreadable: readonly (readonly [string, FaultRule])[] = [
    ['HTML', { fault: 'html' }],
    ['cut JSON', { fault: 'truncate' }],
    ['nothing', { fault: 'empty' }],
    ['another object', { fault: 'wrong-shape' }],
    ['100 MB', { fault: 'huge' }],
    ['half of its body', { fault: 'reset', part: 'body' }],
  ];

  test.each(unreadable)('a write whose 2xx came with %s was acknowledged, so it is read back', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, when: 'after', match: { method: 'PATCH' } });
    const { pipeline, errors } = await mutate(
      caller,
      'patchPipeline',
      { id: salesPipelineId, label: 'Renamed' },
      'pipeline { label }',
    );
    expect({ pipeline, errors }).toEqual({ pipeline: { label: 'Renamed' }, errors: [] });
  });

  const newPipeline = {
    objectType: 'deals',
    label: 'New',
    displayOrder: 1,
    stages: [{ label: 'A', meta: { probability: 0 } }],
  };
  test.each(unreadable)('a create whose 2xx came with %s is read by the id that the caller chose', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, when: 'after', match: { method: 'POST' } });
    const input = { ...newPipeline, pipelineId: 'mine' };
    const { pipeline, errors } = await mutate(caller, 'createPipeline', input, 'pipeline { pipelineId label }');
    expect({ pipeline, errors }).toEqual({ pipeline: { pipelineId: 'mine', label: 'New' }, errors: [] });
  });

  test.each(unreadable)('a create whose 2xx came with %s has happened, but nobody knows the id', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault({ ...fault, when: 'after', match: { method: 'POST' } });
    const lost = { code: 'UPSTREAM_CONTRACT', mayHaveBeenApplied: true };
    const created = await mutate(caller, 'createPipeline', newPipeline, 'pipeline { id }');
    expect(created).toMatchObject({ pipeline: null, errors: [lost] });
    const newStage = { pipeline: salesPipelineId, label: 'New', meta: { probability: 0.5 } };
    const added = await mutate(caller, 'createPipelineStage', newStage, 'stage { id }');
    expect(added).toMatchObject({ stage: null, errors: [lost] });
    const { nodes } = await list(caller);
    expect(nodes.map((node: { label: string }) => node.label)).toEqual(['Sales Pipeline', 'New']);
    expect(nodes[0].stages.map((stage: { label: string }) => stage.label)).toContain('New');
  });
});
