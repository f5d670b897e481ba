import { beforeEach, expect, test } from 'vitest';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { mutate } from '../support/mutate.ts';
import { createPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { pipelineFields } from '../support/selections.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway({
  sources: (url) => [
    ...sandboxSources(url),
    {
      kind: 'hubspot',
      name: 'production',
      url,
      apiVersion: '2026-03',
      objectTypes: ['deals', 'tickets', 'leads', '2-77'],
      credential: { mode: 'static', token: 'production-token' },
    },
  ],
});
beforeEach(() => gateway.sandbox.reset());

const selection = `pipeline { ${pipelineFields} }`;
const sales = [
  { stageId: 'first', label: 'First', meta: { probability: 0.25 } },
  { stageId: 'won', label: 'Won', meta: { probability: 1 } },
  { stageId: 'lost', label: 'Lost', meta: { probability: 0 } },
];
const createDeals = () =>
  createPipeline(gateway, {
    sourceName: 'hubspot',
    objectType: 'deals',
    label: 'Copied',
    pipelineId: 'copied',
    stages: sales,
  });
const copy = (input: object) => mutate(gateway, 'copyPipeline', input, selection);
const outcomes = ({ stages }: PipelineOfAnswer) => stages.map(({ label, outcome }) => `${label} ${outcome}`);

test('a copy between two portals has the same ids if asked for, and new ones otherwise', async () => {
  const original = await createDeals();
  const same = await copy({ id: original.id, toSourceName: 'production', keepIds: true });
  expect(same.errors).toEqual([]);
  expect(same.pipeline).toMatchObject({ sourceName: 'production', pipelineId: 'copied', label: 'Copied' });
  expect(same.pipeline.stages.map(({ stageId }: { stageId: string }) => stageId)).toEqual(['first', 'won', 'lost']);
  expect(outcomes(same.pipeline)).toEqual(outcomes(original));
  const renewed = await copy({ id: original.id, toSourceName: 'production', label: 'Again' });
  expect(renewed.errors).toEqual([]);
  expect(renewed.pipeline.pipelineId).not.toBe('copied');
  expect(outcomes(renewed.pipeline)).toEqual(outcomes(original));
});

test('a copy whose label or id the target has already is a conflict', async () => {
  const original = await createDeals();
  await copy({ id: original.id, toSourceName: 'production', keepIds: true });
  expect((await copy({ id: original.id, toSourceName: 'production' })).errors).toMatchObject([{ code: 'LABEL_TAKEN' }]);
  const again = await copy({ id: original.id, toSourceName: 'production', label: 'Other', keepIds: true });
  expect(again.errors).toMatchObject([{ code: 'ID_TAKEN' }]);
});

test('a copy to v1 is made, but not with a label that is too long for it', async () => {
  const original = await createDeals();
  const payload = await copy({ id: original.id, toSourceName: 'hubspot-v1', keepIds: true });
  expect(payload.errors).toEqual([]);
  expect(outcomes(payload.pipeline)).toEqual(outcomes(original));
  const label = 'A label that is longer than v1 can take';
  expect((await copy({ id: original.id, toSourceName: 'hubspot-v1', label })).errors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['label'] },
  ]);
});

test('a copy to the organization API loses its probabilities, and the payload shows what was kept', async () => {
  const original = await createDeals();
  const payload = await copy({ id: original.id, toSourceName: 'organization', toObjectType: 'Contact' });
  expect(payload.errors).toEqual([]);
  expect(outcomes(payload.pipeline)).toEqual(['First UNKNOWN', 'Won UNKNOWN', 'Lost UNKNOWN']);
  expect(payload.pipeline.stages[0].meta.__typename).toBe('OrganizationStageMeta');
});

test('a copy’s outcomes are never made up: what the target must know and the original does not tell is named', async () => {
  const contacts = await createPipeline(gateway, {
    sourceName: 'organization',
    objectType: 'Contact',
    label: 'People',
    stages: [{ label: 'A', meta: { color: '#112233' } }, { label: 'B' }],
  });
  const deals = await createDeals();
  await gateway.sandbox.emptyLog();
  const cases = [
    [
      contacts.id,
      'deals',
      [
        ['stages', '0', 'meta', 'probability'],
        ['stages', '1', 'meta', 'probability'],
      ],
    ],
    [
      contacts.id,
      'tickets',
      [
        ['stages', '0', 'meta', 'ticketState'],
        ['stages', '1', 'meta', 'ticketState'],
      ],
    ],
    [
      contacts.id,
      '2-77',
      [
        ['stages', '0', 'meta', 'state'],
        ['stages', '1', 'meta', 'state'],
      ],
    ],
    [
      deals.id,
      'tickets',
      [
        ['stages', '0', 'meta', 'ticketState'],
        ['stages', '1', 'meta', 'ticketState'],
        ['stages', '2', 'meta', 'ticketState'],
      ],
    ],
  ] as const;
  for (const [id, toObjectType, paths] of cases) {
    const { pipeline, errors } = await copy({ id, toSourceName: 'production', toObjectType });
    expect(pipeline).toBeNull();
    const found = errors.map(({ path }) => path);
    expect(found).toEqual(expect.arrayContaining([...paths]));
    expect(errors[0]?.code).toBe('INVALID_INPUT');
  }
  expect(await gateway.sandbox.writes()).toEqual([]);
  const leads = await copy({ id: contacts.id, toSourceName: 'production', toObjectType: 'leads' });
  expect(leads.errors).toEqual([]);
  expect(outcomes(leads.pipeline)).toEqual(['A UNKNOWN', 'B UNKNOWN']);
});

test('a copy’s ticket states and custom states mean the same and are translated', async () => {
  const tickets = await createPipeline(gateway, {
    sourceName: 'hubspot',
    objectType: 'tickets',
    label: 'Help',
    stages: [
      { label: 'New', meta: { ticketState: 'OPEN' } },
      { label: 'Done', meta: { ticketState: 'CLOSED' } },
    ],
  });
  const payload = await copy({ id: tickets.id, toSourceName: 'production', toObjectType: '2-77' });
  expect(payload.errors).toEqual([]);
  expect(outcomes(payload.pipeline)).toEqual(['New OPEN', 'Done CLOSED']);
});

test('a copy’s target that does not exist, lacks the type or gives ids itself is named, and nothing is written', async () => {
  const original = await createDeals();
  await gateway.sandbox.emptyLog();
  const cases = [
    [{ toSourceName: 'nowhere' }, ['toSourceName']],
    [{ toSourceName: 'production', toObjectType: 'orders' }, ['toObjectType']],
    [{ toSourceName: 'organization' }, ['toObjectType']],
    [{ toSourceName: 'organization', toObjectType: 'Contact', keepIds: true }, ['keepIds']],
  ] as const;
  for (const [input, path] of cases) {
    const payload = await copy({ id: original.id, ...input });
    expect(payload.errors).toMatchObject([{ code: 'INVALID_INPUT', path }]);
  }
  expect(await gateway.sandbox.writes()).toEqual([]);
});
