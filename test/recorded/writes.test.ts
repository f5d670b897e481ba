import { describe, expect, test } from 'vitest';
import { readCase } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { mutate, pipelineIdOf } from './mutate.ts';
import { openRecordedWorld } from './world.ts';

const writeCase = (name: string): RecordedCase => readCase('hubspot-writes', name);
interface WireStage {
  readonly label: string;
  readonly metadata: { readonly probability: string };
}

const deals = '/crm/pipelines/2026-09/deals';
const edited = { at: `GET ${deals}/default`, as: writeCase('a pipeline PATCH') };

describe('a write’s answer is an echo, and only a read tells', () => {
  test('a stage PATCH: the payload shows what is read afterwards', async () => {
    const world = await openRecordedWorld([
      edited,
      edited,
      { at: edited.at, as: withWon() },
      writeCase('a stage PATCH that echoes'),
    ]);
    const { data } = await world.ask(
      '{ pipelineByKey(objectType: "deals", pipelineId: "default") { stages { id stageId } } }',
    );
    const { id } = data.pipelineByKey.stages.find(({ stageId }: { stageId: string }) => stageId === 'contractsent');
    const selection = 'stage { label outcome meta { ... on DealStageMeta { probability isClosed raw } } }';
    const { errors, stage } = await mutate(world, 'patchPipelineStage', { id, meta: { probability: 1 } }, selection);
    expect(errors).toEqual([]);
    expect(stage).toEqual({
      label: 'Contract Sent',
      outcome: 'WON',
      meta: { probability: 1, isClosed: true, raw: { isClosed: 'true', probability: '1.0' } },
    });
  });

  /** The pipeline after the stage was won, as the read of the stage shows it. */
  function withWon(): RecordedCase {
    const { answer } = edited.as;
    const { stages, ...pipeline } = answer.body as { stages: readonly { id: string }[] };
    const won = writeCase('the same stage, read afterwards').answer.body as { id: string };
    return {
      ...edited.as,
      answer: { ...answer, body: { ...pipeline, stages: stages.map((stage) => (stage.id === won.id ? won : stage)) } },
    };
  }
});

describe('a create', () => {
  test.each([
    ['a pipeline POST that chose no ids', '812723471', {}],
    ['a pipeline POST that chose ids', 'Pipe.Line One-2', { pipelineId: 'Pipe.Line One-2' }],
  ])('%s: the new id is that of the answer', async (name, pipelineId, more) => {
    const recorded = writeCase(name);
    const read = {
      at: `GET ${deals}/${encodeURIComponent(pipelineId)}`,
      as: { ...recorded, answer: { ...recorded.answer, status: 200 } },
    };
    const world = await openRecordedWorld([recorded, read]);
    const { label, stages: created } = recorded.answer.body as { label: string; stages: WireStage[] };
    const stages = created.map((stage) => ({
      label: stage.label,
      meta: { probability: Number(stage.metadata.probability) },
    }));
    const input = { objectType: 'deals', label, displayOrder: 1, stages, ...more };
    const payload = await mutate(world, 'createPipeline', input, 'pipeline { pipelineId }');
    expect(payload).toMatchObject({ errors: [], pipeline: { pipelineId } });
  });
});

test('a PUT names the stages that stay by their stageId, and sends both flags', async () => {
  const read = { at: `GET ${deals}/812723471`, as: writeCase('a pipeline PUT that names one stage of two') };
  const world = await openRecordedWorld([read, writeCase('a pipeline PUT that names one stage of two')]);
  const id = await pipelineIdOf(world, 'deals', '812723471');
  const stages = [
    { stageId: '812723472', label: 'Open' },
    { label: 'Lost', meta: { probability: 0 } },
  ];
  expect((await mutate(world, 'replacePipeline', { id, label: 'Renewals', stages })).errors).toEqual([]);
  expect(world.upstream.writes()).toMatchObject([
    {
      query: { validateDealStageUsagesBeforeDelete: 'true', validateReferencesBeforeDelete: 'true' },
      body: {
        stages: [
          { stageId: '812723472', metadata: { probability: '0.5' } },
          { label: 'Lost', metadata: { probability: '0.0' } },
        ],
      },
    },
  ]);
  expect(world.upstream.writes()[0]?.body.stages[1]).not.toHaveProperty('stageId');
});

test('a 204 is all that a deletion needs', async () => {
  const gone = writeCase('a pipeline DELETE');
  const read = { at: `GET ${gone.request.path}`, as: writeCase('a pipeline PUT that names one stage of two') };
  const world = await openRecordedWorld([read, gone]);
  const id = await pipelineIdOf(world, 'deals', '812723471');
  expect(await mutate(world, 'archivePipeline', { id }, 'archivedId')).toMatchObject({ errors: [], archivedId: id });
});
