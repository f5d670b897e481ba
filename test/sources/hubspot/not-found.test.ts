import { describe, expect, test } from 'vitest';
import { openCaller } from '../../support/caller.ts';
import { mutate } from '../../support/mutate.ts';
import type { FaultRule } from '../../support/sandbox-control.ts';
import { closedWonId, salesPipelineId, toPipelineId } from '../../support/seed.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { list, spoiltHubSpot } from '../spoilt-hubspot.ts';

const gateway = useGateway(spoiltHubSpot);

describe.concurrent('a 404 of HubSpot’s', () => {
  const forms: readonly (readonly [string, FaultRule])[] = [
    ['without a body', { fault: 'empty', status: 404 }],
    ['with HTML', { fault: 'html', status: 404 }],
    ['with JSON', { fault: 'status', status: 404, body: { status: 'error', message: 'resource not found' } }],
  ];

  test.each(forms)('a 404 %s is null for a look-up that asks for one pipeline', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    const key = 'objectType: "deals"';
    const queries = [
      `{ found: pipeline(id: "${salesPipelineId}") { label } }`,
      `{ found: pipelineByKey(${key}, pipelineId: "default") { label } }`,
      `{ found: pipelineStage(id: "${closedWonId}") { label } }`,
    ];
    for (const query of queries) {
      const { data, errors } = await caller.ask(query);
      expect({ data, errors }).toEqual({ data: { found: null }, errors: undefined });
    }
  });

  test.each(forms)('a 404 %s to a list is a failure, as a list is never simply gone', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    const { nodes, failures } = await list(caller);
    expect(nodes).toEqual([]);
    expect(failures).toMatchObject([{ objectType: 'deals', code: 'UPSTREAM_REJECTED' }]);
  });

  test.each(forms)('a 404 %s to a write is NOT_FOUND, with the id that was asked for', async (_, fault) => {
    const caller = openCaller(gateway);
    await caller.fault(fault);
    const { errors } = await mutate(caller, 'patchPipeline', { id: salesPipelineId, label: 'New' });
    expect(errors).toMatchObject([
      { __typename: 'PipelineNotFoundError', code: 'NOT_FOUND', id: salesPipelineId, mayHaveBeenApplied: false },
    ]);
  });

  test('a mutation of a pipeline that is not there is NOT_FOUND before anything is written', async () => {
    const caller = openCaller(gateway);
    const gone = toPipelineId('gone');
    const { errors } = await mutate(caller, 'archivePipeline', { id: gone });
    expect(errors).toMatchObject([{ __typename: 'PipelineNotFoundError', id: gone }]);
    expect(await caller.requestLines()).toEqual(['GET /crm/pipelines/2026-09/deals/gone']);
  });
});
