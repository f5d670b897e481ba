import { describe, expect, test } from 'vitest';
import type { Kind } from '../kinds.ts';
import { useWorld } from '../world.ts';
import { createSample } from './samples.ts';

const planDocument = `query ($input: ReplacePipelineInput!) {
  pipelineReplacePlan(input: $input) { changes { kind } warnings { code message path } errors { message } }
}`;

/** What a write says of the records in what it removes. */
export function describeReferencing(kind: Kind): void {
  const world = useWorld(kind);
  const { ofPipeline, ofStage } = kind.checksReferences;
  const unchecked = (...named: string[]) => ({
    code: 'REFERENCES_NOT_CHECKED',
    message: expect.stringMatching(named.join('.*')),
    path: ['validateReferences'],
  });

  describe('removing what records may be in', () => {
    test('says by a capability whether it can be asked', async () => {
      const { pipelineSource } = await world.query('{ pipelineSource(name: "crm") { capabilities } }');
      expect(pipelineSource.capabilities.includes('VALIDATE_REFERENCES')).toBe(ofStage);
    });

    test('warns in the plan and in the replace of the stages that go unchecked, unless no check was wanted', async () => {
      const { id, stages } = await createSample(world, kind);
      const kept = { stageId: stages[2].stageId, label: 'Third' };
      const input = { id, label: 'Renewals', stages: [kept] };
      const expected = ofStage ? [] : [unchecked('"First", "Second"', kind.canMoveRecords ? 'moveRecordsTo' : '')];
      const planOf = async (more: object) =>
        (await world.query(planDocument, { input: { ...input, ...more } })).pipelineReplacePlan;
      expect(await planOf({})).toMatchObject({ warnings: expected, errors: [] });
      expect(await planOf({ validateReferences: true })).toMatchObject({ warnings: expected });
      expect(await planOf({ validateReferences: false })).toMatchObject({ warnings: [] });
      expect(await planOf({ stages: stages.map(toInput) })).toMatchObject({ changes: [], warnings: [] });
      expect((await world.do('replacePipeline', input)).warnings).toEqual(expected);
    });

    test('warns when a stage is archived unchecked', async () => {
      const { stages } = await createSample(world, kind);
      const [first, second, third] = stages;
      const expected = ofStage ? [] : [unchecked('stage "First"', kind.canMoveRecords ? 'moveRecordsTo' : '')];
      expect((await world.do('archivePipelineStage', { id: first.id })).warnings).toEqual(expected);
      if (kind.canMoveRecords) {
        const moving = await world.do('archivePipelineStage', { id: second.id, moveRecordsTo: third.id });
        expect(moving.warnings).toEqual([]);
      } else {
        const unasked = await world.do('archivePipelineStage', { id: second.id, validateReferences: false });
        expect(unasked.warnings).toEqual([]);
      }
    });

    test('warns when a pipeline is archived unchecked, and of nothing that was not done', async () => {
      const { id } = await createSample(world, kind);
      await world.sandbox.fault({ match: { method: 'DELETE' }, fault: 'status', status: 418, times: 1 });
      expect((await world.mutate('archivePipeline', { id })).warnings).toEqual([]);
      const { warnings } = await world.do('archivePipeline', { id });
      expect(warnings).toEqual(ofPipeline ? [] : [unchecked('pipeline "Renewals"')]);
    });
  });
}

function toInput({ stageId, label }: { readonly stageId: string; readonly label: string }) {
  return { stageId, label };
}
