import { describe, expect, test } from 'vitest';
import { toPipeline } from '../../src/domain/pipeline.ts';
import type { StageMeta } from '../../src/domain/stage-meta.ts';
import { toFindings } from '../../src/queries/findings.ts';
import { createSource } from '../../src/sources/index.ts';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { createMemoryWindowLog } from '../../src/sources/upstream/rate-window.ts';
import { createWriteTurns, withTurns } from '../../src/sources/write-turns.ts';
import { useGateway } from '../support/use-gateway.ts';

const now = new Date('2026-06-01T00:00:00Z');
const sources = sandboxSources('http://127.0.0.1:9').map((settings) =>
  withTurns(
    createSource(settings, { windowLog: createMemoryWindowLog(), circuitRetryMs: 1 }),
    createWriteTurns(null),
    null,
  ),
);

interface StageOptions {
  readonly stageId?: string;
  readonly displayOrder?: number;
  readonly probability?: number;
  readonly ticketState?: 'OPEN' | 'CLOSED';
  readonly archived?: boolean;
}

function findings(
  objectTypeName: string,
  stages: readonly [string, StageOptions][],
  options: { label?: string; sourceName?: string; at?: Date; archived?: boolean } = {},
) {
  const source = sources.find(({ name }) => name === (options.sourceName ?? 'hubspot'));
  const objectType = source?.objectTypes.find(({ name }) => name === objectTypeName);
  if (source === undefined || objectType === undefined) throw new Error('no such place');
  const none = { archived: false, createdAt: null, updatedAt: null, archivedAt: null };
  const toMeta = ({ probability, ticketState }: StageOptions): StageMeta => {
    if (probability !== undefined) return { __typename: 'DealStageMeta', probability, isClosed: false, raw: {} };
    if (ticketState !== undefined) return { __typename: 'TicketStageMeta', ticketState, isClosed: false, raw: {} };
    return { __typename: 'GenericStageMeta', state: null, raw: {} };
  };
  const pipeline = toPipeline({
    ...none,
    archived: options.archived ?? false,
    sourceName: source.name,
    objectType: objectType.name,
    pipelineId: 'p',
    label: options.label ?? 'Pipeline',
    description: null,
    displayOrder: 0,
    isDefault: null,
    createdBy: null,
    updatedBy: null,
    stages: stages.map(([label, stage], index) => ({
      ...none,
      archived: stage.archived ?? false,
      stageId: stage.stageId ?? `s${index}`,
      label,
      displayOrder: stage.displayOrder ?? index,
      meta: toMeta(stage),
      writePermissions: null,
    })),
  });
  return toFindings({ pipeline, objectType, source, now: options.at ?? now })
    .filter(({ rule }) => rule !== 'WRITES_LOSE_REQUIRED_PROPERTIES')
    .map(({ rule, stageId }) => [rule, stageId]);
}

const won = ['Won', { probability: 1 }] as [string, StageOptions];
const lost = ['Lost', { probability: 0 }] as [string, StageOptions];
const long = 'A label of more than thirty-six characters';

test.each([
  ['MISLEADING_STAGE_ID', 'deals', [['Any', { stageId: 'closedwon', probability: 0 }], won], 'closedwon'],
  ['MISLEADING_STAGE_LABEL', 'deals', [['Closed Won', { probability: 0.8 }], won, lost], 's0'],
  ['MISLEADING_STAGE_LABEL', 'deals', [won, lost, ['Not won', { probability: 1 }]], 's2'],
  [
    'MISLEADING_STAGE_LABEL',
    'tickets',
    [
      ['Closed', { ticketState: 'OPEN' }],
      ['Done', { ticketState: 'CLOSED' }],
    ],
    's0',
  ],
  ['NO_WON_STAGE', 'deals', [['Open', { probability: 0.5 }], lost], null],
  ['NO_LOST_STAGE', 'deals', [['Open', { probability: 0.5 }], won], null],
  ['NO_CLOSED_STAGE', 'tickets', [['New', { ticketState: 'OPEN' }]], null],
  ['PROBABILITY_FALLS', 'deals', [['A', { probability: 0.6 }], lost, ['B', { probability: 0.4 }], won], 's2'],
  ['PROBABILITY_NOT_A_TENTH', 'deals', [['A', { probability: 0.25 }], won, lost], 's0'],
  [
    'LABELS_ALIKE',
    'deals',
    [['In progress', { probability: 0.5 }], ['In  Progress', { probability: 0.5 }], won, lost],
    's1',
  ],
  ['DISPLAY_ORDER_TAKEN_TWICE', 'deals', [won, ['Lost', { probability: 0, displayOrder: 0 }]], 's0'],
] as [string, string, [string, StageOptions][], string | null][])(
  '%s is found, and nothing else',
  (rule, objectType, stages, stageId) => {
    expect(findings(objectType, stages)).toEqual([[rule, stageId]]);
  },
);

test('STAGE_LIMIT_NEAR is found above 80 % of the limit, not at it', () => {
  const stages = (count: number) => [
    won,
    lost,
    ...Array.from({ length: count - 2 }, (_, index) => [`S${index}`, { probability: 1 }] as [string, StageOptions]),
  ];
  expect(findings('deals', stages(80))).toEqual([]);
  expect(findings('deals', stages(81))).toEqual([['STAGE_LIMIT_NEAR', null]]);
});

test('LABEL_TOO_LONG_FOR_V1 is found on pipelines and stages', () => {
  const stages: [string, StageOptions][] = [[long, { probability: 1 }], lost];
  expect(findings('deals', stages, { label: `${long}!` })).toEqual([
    ['LABEL_TOO_LONG_FOR_V1', null],
    ['LABEL_TOO_LONG_FOR_V1', 's0'],
  ]);
});

describe('what is archived is in no finding', () => {
  test('a stage that is archived is not remarked itself, and stands for no outcome', () => {
    const archived = ['Won', { probability: 0, displayOrder: 0, archived: true }] as [string, StageOptions];
    expect(findings('deals', [archived, ['Open', { probability: 0.5, displayOrder: 0 }], lost])).toEqual([
      ['NO_WON_STAGE', null],
    ]);
  });

  test('archived stages take no part of the limit', () => {
    const old = Array.from({ length: 90 }, (_, n) => [`S${n}`, { archived: true }] as [string, StageOptions]);
    expect(findings('deals', [won, lost, ...old])).toEqual([]);
  });

  test('an archived pipeline has no finding', () => {
    expect(findings('deals', [won], { archived: true })).toEqual([]);
  });
});

describe('API_VERSION_ENDS', () => {
  const at = (date: string) => findings('deals', [won, lost], { sourceName: 'hubspot-v1', at: new Date(date) });
  test.each([
    ['2026-09-01T00:00:00Z', []],
    ['2026-09-06T00:00:00Z', [['API_VERSION_ENDS', null]]],
    ['2027-01-01T00:00:00Z', [['API_VERSION_ENDS', null]]],
  ])('API_VERSION_ENDS is found from 90 days before the end on: at %s, %j', (date, expected) => {
    expect(at(date)).toEqual(expected);
  });
});

describe('findings through the gateway', () => {
  const gateway = useGateway();

  test('the default pipelines of the sandbox have no finding, but that v1 ends', async () => {
    const { data, errors } = await gateway.ask(
      '{ pipelines { nodes { sourceName findings { rule severity message stageId } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.pipelines.nodes.length).toBeGreaterThan(4);
    for (const { sourceName, findings: found } of data.pipelines.nodes) {
      if (sourceName === 'hubspot-v1') {
        expect(found).toMatchObject([
          { rule: 'API_VERSION_ENDS', severity: 'WARNING' },
          { rule: 'WRITES_LOSE_REQUIRED_PROPERTIES', severity: 'INFO', stageId: null },
        ]);
      } else expect(found).toEqual([]);
    }
  });

  test('a list keeps the pipelines with a finding that is looked for', async () => {
    const text = `query ($rules: [PipelineFindingRule!]) {
      pipelines(where: { hasFindings: $rules }) { totalCount nodes { sourceName } failures { code } } }`;
    const sourcesOf = async (rules: readonly string[] | null) => {
      const { nodes, failures } = (await gateway.ask(text, { rules })).data.pipelines;
      expect(failures).toEqual([]);
      return new Set(nodes.map(({ sourceName }: { sourceName: string }) => sourceName));
    };
    expect(await sourcesOf(['API_VERSION_ENDS'])).toEqual(new Set(['hubspot-v1']));
    expect(await sourcesOf([])).toEqual(new Set(['hubspot-v1']));
    expect(await sourcesOf(['NO_WON_STAGE'])).toEqual(new Set());
    expect(await sourcesOf(null)).toEqual(new Set(['hubspot', 'hubspot-v1', 'organization']));
  });
});
