import { describe, expect, test } from 'vitest';
import { pipelineFields, stageFields } from '../../support/selections.ts';
import type { Kind } from '../kinds.ts';
import { useWorld } from '../world.ts';
import { createSample, readSeeded, toMissingId } from './samples.ts';

/** What a client can rely on when it reads, whatever kind of source answers. */
export function describeReading(kind: Kind): void {
  const world = useWorld(kind);
  const { objectType, seeded } = kind;

  describe('reading', () => {
    test('a source describes itself, so that a client can tell what it can do', async () => {
      const { pipelineSource } = await world.query(
        '{ pipelineSource(name: "crm") { kind apiVersion sunsetAt capabilities objectTypes { name maxStages maxLabelLength } } }',
      );
      const { apiVersion, sunsetAt, maxStages } = kind;
      expect(pipelineSource).toMatchObject({ apiVersion, sunsetAt });
      expect(pipelineSource.objectTypes[0]).toMatchObject({ name: objectType, maxStages });
      expect(pipelineSource.capabilities.includes('MOVE_RECORDS')).toBe(kind.canMoveRecords);
      expect(pipelineSource.capabilities.includes('READ_AUDIT')).toBe(kind.canReadAudit);
    });

    test('a source lists the pipelines with their stages in display order, though upstreams do not sort', async () => {
      const pipeline = await readSeeded(world, kind);
      expect(pipeline).toMatchObject({ objectType, label: seeded.label, archived: false });
      expect(pipeline.stages.map((stage: { label: string }) => stage.label)).toEqual(seeded.stageLabels);
      expect(pipeline.stages.map((stage: { displayOrder: number }) => stage.displayOrder)).toEqual(
        seeded.stageLabels.map((_, index) => index),
      );
    });

    test('a source finds one object by its id and by its upstream key, and stages lead back to their pipeline', async () => {
      const pipeline = await readSeeded(world, kind);
      const [stage] = pipeline.stages;
      const found = await world.query(
        `query ($id: ID!, $objectType: String!, $pipelineId: String!, $stage: ID!, $stageId: String!) {
          pipeline(id: $id) { ${pipelineFields} }
          pipelineByKey(objectType: $objectType, pipelineId: $pipelineId) { ${pipelineFields} }
          pipelineStage(id: $stage) { ${stageFields} pipeline { id } }
          pipelineStageByKey(objectType: $objectType, stageId: $stageId) { ${stageFields} pipeline { id } }
        }`,
        { id: pipeline.id, objectType, pipelineId: pipeline.pipelineId, stage: stage.id, stageId: stage.stageId },
      );
      expect(found).toEqual({
        pipeline,
        pipelineByKey: pipeline,
        pipelineStage: { ...stage, pipeline: { id: pipeline.id } },
        pipelineStageByKey: { ...stage, pipeline: { id: pipeline.id } },
      });
    });

    test('a source answers null for what is not there, without an error', async () => {
      const { id, pipelineId, stages } = await readSeeded(world, kind);
      const found = await world.query(
        `query ($objectType: String!, $id: ID!, $stage: ID!) {
          pipeline(id: $id) { id }
          pipelineByKey(objectType: $objectType, pipelineId: "no such / pipeline") { id }
          pipelineStage(id: $stage) { id }
          pipelineStageByKey(objectType: $objectType, stageId: "no such stage") { id }
        }`,
        { objectType, id: toMissingId(id, pipelineId), stage: toMissingId(stages[0].id, stages[0].stageId) },
      );
      expect(Object.values(found)).toEqual([null, null, null, null]);
    });

    test('a source answers any number of look-ups of one pipeline with one request', async () => {
      const { id, stages } = await createSample(world, kind);
      await world.sandbox.emptyLog();
      const loaders = stages.map(
        (stage: { id: string }, index: number) => `s${index}: pipelineStage(id: "${stage.id}") { id }`,
      );
      await world.query(
        `{ a: pipeline(id: "${id}") { label } b: pipeline(id: "${id}") { stages { id } } ${loaders.join(' ')} }`,
      );
      expect(await world.sandbox.requestLines()).toHaveLength(1);
    });

    test('a source leaves out a pipeline that cannot be identified, names it, and serves the others', async () => {
      await world.sandbox.fault({ match: { method: 'GET' }, fault: 'wrong-shape', body: kind.drifted.body });
      const { pipelines } = await world.query(
        'query ($where: PipelineFilter) { pipelines(where: $where) { nodes { label } failures { sourceName objectType code } } }',
        { where: { objectTypes: [objectType] } },
      );
      expect(pipelines.nodes).toEqual(kind.drifted.served.map((label) => ({ label })));
      expect(pipelines.failures).toEqual([{ sourceName: 'crm', objectType, code: 'UPSTREAM_CONTRACT' }]);
    });

    test('a source reads history if the upstream keeps it, and says if it does not', async () => {
      const { id } = await createSample(world, kind);
      const { data, errors } = await world.ask(`{ pipeline(id: "${id}") { audit { nodes { action } } } }`);
      if (kind.canReadAudit) {
        expect(data.pipeline.audit.nodes).toEqual([{ action: 'CREATE' }]);
      } else {
        expect(data.pipeline.audit).toBeNull();
        expect(errors).toMatchObject([{ path: ['pipeline', 'audit'], extensions: { code: 'UNSUPPORTED' } }]);
      }
    });
  });
}
