import { describe, expect, test } from 'vitest';
import { openCaller } from '../../support/caller.ts';
import { salesPipelineId } from '../../support/seed.ts';
import { useGateway } from '../../support/use-gateway.ts';
import { list, results, spoiltHubSpot, wirePipeline, wireStage } from '../spoilt-hubspot.ts';

const gateway = useGateway(spoiltHubSpot);

describe.concurrent('what HubSpot might change in its answers', () => {
  test.each([
    ['without an id', wirePipeline({ id: undefined })],
    ['without a label', wirePipeline({ label: undefined })],
    ['with an id that no path can hold', wirePipeline({ id: '..' })],
    ['with a label that is no text', wirePipeline({ label: { en: 'P' } })],
    ['that is no object', 'p'],
    ['that is null', null],
  ])('a pipeline %s is left out and named, and the others are served', async (_, broken) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ id: 'a', label: 'A' }), broken, wirePipeline({ id: 'b', label: 'B' })));
    const { nodes, failures } = await list(caller);
    expect(nodes.map((node: { label: string }) => node.label)).toEqual(['A', 'B']);
    expect(failures).toMatchObject([
      { sourceName: 'hubspot', objectType: 'deals', code: 'UPSTREAM_CONTRACT', message: expect.stringContaining('2') },
    ]);
  });

  test.each([
    ['without an id', wireStage({ id: undefined })],
    ['without a label', wireStage({ label: null })],
  ])('a stage %s is left out, its pipeline named, and the other stages served', async (_, broken) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ stages: [wireStage(), broken] })));
    const { nodes, failures } = await list(caller);
    expect(nodes).toMatchObject([{ label: 'P', stages: [{ stageId: 's' }] }]);
    expect(failures).toMatchObject([{ code: 'UPSTREAM_CONTRACT', message: expect.stringContaining('"P"') }]);
  });

  test('a field that makes no sense costs that field only, unless identity needs it', async () => {
    const caller = openCaller(gateway);
    const odd = { displayOrder: 'first', archived: 'no', createdAt: {}, updatedAt: 'yesterday', archivedAt: true };
    await caller.fault(
      results({
        id: 7,
        label: 'P',
        ...odd,
        stages: [{ id: 8, label: 'S', ...odd, metadata: 'x', writePermissions: 3 }],
        surprise: {},
      }),
    );
    const { nodes, failures } = await list(caller);
    const rest = { displayOrder: 0, archived: false, createdAt: null, updatedAt: null };
    expect(failures).toEqual([]);
    expect(nodes).toEqual([
      {
        pipelineId: '7',
        label: 'P',
        ...rest,
        archivedAt: null,
        isDefault: null,
        stages: [
          {
            stageId: '8',
            label: 'S',
            ...rest,
            outcome: 'UNKNOWN',
            writePermissions: null,
            meta: { __typename: 'GenericStageMeta', state: null, raw: {} },
          },
        ],
      },
    ]);
  });

  test('a pipeline of nothing but an id and a label is still a pipeline', async () => {
    const caller = openCaller(gateway);
    await caller.fault(results({ id: 'p', label: 'P' }));
    expect((await list(caller)).nodes).toMatchObject([{ pipelineId: 'p', stages: [], createdAt: null }]);
  });

  test.each([
    ['CRM_PERMISSIONS_ENFORCEMENT', 'CRM_PERMISSIONS_ENFORCEMENT'],
    ['READ_ONLY', 'READ_ONLY'],
    ['INTERNAL_ONLY', 'INTERNAL_ONLY'],
    ['OWNER_ONLY', 'OTHER'],
    ['', 'OTHER'],
    [undefined, null],
    [null, null],
  ])(
    'write permissions that nobody knows are OTHER, and missing ones null: %j is %s',
    async (writePermissions, expected) => {
      const caller = openCaller(gateway);
      await caller.fault(results(wirePipeline({ stages: [wireStage({ writePermissions })] })));
      expect((await list(caller)).nodes[0].stages[0].writePermissions).toBe(expected);
    },
  );

  const deal = (probability: number, isClosed: boolean) => ({ __typename: 'DealStageMeta', probability, isClosed });
  const ticket = (ticketState: string, isClosed: boolean) => ({ __typename: 'TicketStageMeta', ticketState, isClosed });
  const generic = { __typename: 'GenericStageMeta', state: null };
  test.each<[string, object, object, string]>([
    ['deals', { probability: '1.0', isClosed: 'true' }, deal(1, true), 'WON'],
    ['deals', { probability: '0.0', isClosed: 'true' }, deal(0, true), 'LOST'],
    ['deals', { probability: 0.25, extra: 'x' }, deal(0.25, false), 'OPEN'],
    ['deals', { probability: '1' }, deal(1, true), 'WON'],
    ['deals', { probability: '0.8', isClosed: 'true' }, deal(0.8, true), 'OPEN'],
    ['deals', { probability: 'high' }, generic, 'UNKNOWN'],
    ['deals', { probability: '' }, generic, 'UNKNOWN'],
    ['deals', { probability: '1.5' }, generic, 'UNKNOWN'],
    ['deals', { probability: '-0.1' }, generic, 'UNKNOWN'],
    ['deals', { probability: 'NaN' }, generic, 'UNKNOWN'],
    ['deals', { probability: null }, generic, 'UNKNOWN'],
    ['deals', { probability: true }, generic, 'UNKNOWN'],
    ['deals', { probability: ['0.5'] }, generic, 'UNKNOWN'],
    ['deals', {}, generic, 'UNKNOWN'],
    ['tickets', { ticketState: 'CLOSED', isClosed: 'true' }, ticket('CLOSED', true), 'CLOSED'],
    ['tickets', { ticketState: 'OPEN' }, ticket('OPEN', false), 'OPEN'],
    ['tickets', {}, ticket('OPEN', false), 'OPEN'],
    ['tickets', { ticketState: 'PAUSED' }, generic, 'UNKNOWN'],
    ['tickets', { ticketState: 'closed' }, generic, 'UNKNOWN'],
  ])('metadata of %s is typed where it can be, and kept as it came: %j', async (objectType, raw, meta, outcome) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ stages: [wireStage({ metadata: raw })] })));
    const [stage] = (await list(caller, objectType)).nodes[0].stages;
    expect(stage.meta).toEqual({ ...meta, raw });
    expect(stage.outcome).toBe(outcome);
  });

  test.each([
    ['2019-10-30T03:30:17.883Z', '2019-10-30T03:30:17.883Z'],
    ['2019-10-30T03:30:17Z', '2019-10-30T03:30:17.000Z'],
    ['2019-10-30T05:30:17+02:00', '2019-10-30T03:30:17.000Z'],
    ['2019-10-30T03:30:17.883123Z', '2019-10-30T03:30:17.883Z'],
    [1572406217883, '2019-10-30T03:30:17.883Z'],
    ['1572406217883', '2019-10-30T03:30:17.883Z'],
    ['1970-01-01T00:00:00Z', null],
    ['1970-01-01T00:00:00.000Z', null],
    [0, null],
    ['0', null],
    [null, null],
    [undefined, null],
    ['', null],
    ['soon', null],
    ['5', '1970-01-01T00:00:00.005Z'],
    ['12/25/2019', null],
    ['2019-13-45T99:00:00Z', null],
    [1e300, null],
  ])('an instant that cannot be read is none: %j is %s', async (createdAt, expected) => {
    const caller = openCaller(gateway);
    await caller.fault(results(wirePipeline({ createdAt, updatedAt: createdAt, stages: [wireStage({ createdAt })] })));
    const [node] = (await list(caller)).nodes;
    expect([node.createdAt, node.updatedAt, node.stages[0].createdAt]).toEqual([expected, expected, expected]);
  });

  test('each entry of a history is kept, with an action that nobody knows as OTHER', async () => {
    const caller = openCaller(gateway);
    await caller.fault({
      fault: 'wrong-shape',
      match: { path: 'audit' },
      body: {
        results: [
          { action: 'MERGE', timestamp: 'x', rawObject: '{broken' },
          { action: 'update', portalId: 5, rawObject: { a: 1 } },
          {},
        ],
      },
    });
    const { data } = await caller.ask(
      `{ pipeline(id: "${salesPipelineId}") { audit { nodes { action rawAction timestamp portalId fromUserId rawObject before { __typename } changes { kind } } } } }`,
    );
    const rest = { timestamp: null, fromUserId: null, before: null, changes: null };
    expect(data.pipeline.audit.nodes).toEqual([
      { ...rest, action: 'OTHER', rawAction: 'MERGE', portalId: '', rawObject: '{broken' },
      { ...rest, action: 'UPDATE', rawAction: 'update', portalId: '5', rawObject: { a: 1 } },
      { ...rest, action: 'OTHER', rawAction: '', portalId: '', rawObject: null },
    ]);
  });
});
