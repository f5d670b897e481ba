import { describe, expect, test } from 'vitest';
import { collections } from '../support/arbitraries.ts';
import type { TestCollection } from '../support/arbitraries.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate, problemsOf } from '../support/mutate.ts';
import { createPipeline, readPipeline } from '../support/pipelines.ts';
import type { PipelineOfAnswer } from '../support/pipelines.ts';
import { provideRedisServer } from '../support/redis-server.ts';
import { startReplicas } from '../support/replicas.ts';
import { useGateway } from '../support/use-gateway.ts';

/** One write, and the input that makes it of a pipeline with four stages. */
type Write = readonly [name: string, toInput: (pipeline: PipelineOfAnswer, metas: readonly object[]) => object];

const idOf = ({ stages }: PipelineOfAnswer, index: number) => stages[index]?.id;
const sameStages = ({ stages }: PipelineOfAnswer) => stages.map(({ stageId, label }) => ({ stageId, label }));

const writes: readonly Write[] = [
  ['patchPipeline', ({ id, label }) => ({ id, label: `${label}!` })],
  ['patchPipelineStage', (pipeline) => ({ id: idOf(pipeline, 1), label: 'Patched' })],
  [
    'patchPipelineStages',
    (pipeline, [, meta]) => ({
      pipeline: pipeline.id,
      stages: [
        { id: idOf(pipeline, 0), label: 'First' },
        { id: idOf(pipeline, 2), meta },
      ],
    }),
  ],
  [
    'replacePipelineStage',
    (pipeline, [, meta]) => ({ id: idOf(pipeline, 2), label: 'Replaced', displayOrder: 2, meta }),
  ],
  ['createPipelineStage', ({ id }, [meta]) => ({ pipeline: id, label: 'Created', meta })],
  ['archivePipelineStage', (pipeline) => ({ id: idOf(pipeline, 3) })],
  [
    'reorderPipelineStages',
    ({ id, stages }) => ({ pipeline: id, stages: stages.map((stage) => stage.id).toReversed() }),
  ],
  [
    'replacePipeline',
    (pipeline) => ({ id: pipeline.id, label: pipeline.label, stages: sameStages(pipeline).slice(0, 3) }),
  ],
];

function metasOf({ objectType }: TestCollection): readonly object[] {
  if (objectType === 'deals') return [{ probability: 0.4 }, { probability: 0.9 }];
  if (objectType === 'tickets') return [{ ticketState: 'CLOSED' }, { ticketState: 'OPEN' }];
  return [{ color: '#112233' }, { color: '#445566' }];
}

let made = 0;

function createSample(gateway: TestGateway, collection: TestCollection): Promise<PipelineOfAnswer> {
  made += 1;
  const { sourceName, objectType } = collection;
  const [meta] = metasOf(collection);
  const stages = ['A', 'B', 'C', 'D'].map((label) => ({ label, meta }));
  return createPipeline(gateway, { sourceName, objectType, label: `Race ${made}`, stages });
}

/** What came of writes: the codes of their errors, and the pipeline without what tells one sample from another. */
async function outcomeOf(gateway: TestGateway, pipeline: PipelineOfAnswer, codes: readonly string[][]) {
  const after = await readPipeline(gateway, pipeline.id);
  return {
    codes,
    isRenamed: after?.label !== pipeline.label,
    stages: after?.stages.map(({ label, outcome, meta }) => ({ label, outcome, meta })),
  };
}

async function compareWithSerial(
  gateways: readonly [TestGateway, TestGateway],
  collection: TestCollection,
  pair: readonly [Write, Write],
): Promise<void> {
  const run = async (gateway: TestGateway, pipeline: PipelineOfAnswer, [name, toInput]: Write) =>
    problemsOf((await mutate(gateway, name, toInput(pipeline, metasOf(collection)))).errors);
  const [gateway] = gateways;
  // An account takes a hundred pipelines.
  await gateway.sandbox.reset();
  const [first, second] = pair;
  const [forth, back, raced] = [
    await createSample(gateway, collection),
    await createSample(gateway, collection),
    await createSample(gateway, collection),
  ];
  const firstThenSecond = [await run(gateway, forth, first), await run(gateway, forth, second)];
  const secondThenFirst = [await run(gateway, back, second), await run(gateway, back, first)].toReversed();
  const atOnce = await Promise.all([run(gateways[0], raced, first), run(gateways[1], raced, second)]);
  expect([
    await outcomeOf(gateway, forth, firstThenSecond),
    await outcomeOf(gateway, back, secondThenFirst),
  ]).toContainEqual(await outcomeOf(gateway, raced, atOnce));
}

const pairs = writes.flatMap((first, index) => writes.slice(index).map((second) => [first, second] as const));

/** One for each way in which a source writes. */
const ways = collections.filter(({ objectType }) => objectType !== 'tickets');

describe.each(ways)('two writes at once of one pipeline of $sourceName $objectType', (collection) => {
  const gateway = useGateway();

  test.each(pairs.map((pair) => ({ pair, name: `${pair[0][0]} and ${pair[1][0]}` })))(
    '$name come to the same as one after the other',
    ({ pair }) => compareWithSerial([gateway, gateway], collection, pair),
  );
});

const redisPath = await provideRedisServer();

test.skipIf(redisPath === null)(
  'two writes at once through two replicas come to the same as one after the other',
  async () => {
    const replicas = await startReplicas(redisPath ?? '');
    try {
      for (const collection of collections) {
        for (const pair of pairs) await compareWithSerial([replicas.one, replicas.other], collection, pair);
      }
    } finally {
      await replicas.close();
    }
  },
  60_000,
);
