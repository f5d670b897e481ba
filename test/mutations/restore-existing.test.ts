import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toPipelineGlobalId } from '../../src/domain/ids.ts';
import { startReplica } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { hubSpotAt } from '../support/sources.ts';
import { startHubSpot, startHubSpotV1, startOrganization } from '../support/verbatim-apis.ts';
import type { Json, VerbatimUpstream } from '../support/verbatim-upstream.ts';
import { hubSpotPipelines, organizationPipelines, v1Pipelines } from './unusual-pipelines.ts';

const seed = Number(process.env['SEED'] ?? 20_261_125);

/** A gateway with one source, `crm`, at an upstream that both end with the test. */
async function open(starting: Promise<VerbatimUpstream>, kind: string, objectType: string) {
  const upstream = await starting;
  const gateway = await startReplica(upstream.url, {
    resilience: { circuitRetryMs: 1 },
    sources: (url) => [hubSpotAt(url, { name: 'crm', kind, objectTypes: [objectType] })],
  });
  onTestFinished(async () => {
    await gateway.close();
    await upstream.close();
  });
  return gateway;
}

/** What others make of a pipeline: stages that are gone, renamed, moved, changed, and new. */
const meddling = fc.record({
  gone: fc.array(fc.nat(40), { maxLength: 3 }),
  renamed: fc.array(fc.nat(40), { maxLength: 3 }),
  changed: fc.array(fc.nat(40), { maxLength: 3 }),
  isReversed: fc.boolean(),
  isAdded: fc.boolean(),
});

interface Words {
  readonly objectType: string;
  readonly stages: string;
  readonly label: string;
  readonly order: string;
  readonly change: (stage: Json) => Json;
  readonly added: Json;
}

function meddle(pipeline: Json, how: Json, words: Words): Json {
  const orders = pipeline[words.stages].map((stage: Json) => stage[words.order]);
  const kept = pipeline[words.stages]
    .map((stage: Json, index: number) => ({
      ...(how.changed.includes(index) ? words.change(stage) : stage),
      ...(how.renamed.includes(index) ? { [words.label]: `Renamed ${index}` } : {}),
      ...(how.isReversed ? { [words.order]: orders.at(-1 - index) } : {}),
    }))
    .filter((_: Json, index: number) => !how.gone.includes(index));
  const added = how.isAdded || kept.length === 0 ? [{ ...words.added, [words.order]: 600 }] : [];
  return { ...pipeline, [words.label]: 'Meddled with', [words.stages]: [...kept, ...added] };
}

/** Has the pipeline meddled with, and restores it from the `before` of a write made just then. */
async function meddleAndRestore(
  gateway: Awaited<ReturnType<typeof open>>,
  pipelines: Map<string, Json>,
  pipelineId: string,
  how: Json,
  words: Words,
): Promise<void> {
  const id = toPipelineGlobalId({ sourceName: 'crm', objectType: words.objectType, pipelineId });
  const { before } = await mutate(gateway, 'patchPipeline', { id, label: 'Patched' }, 'before { document }');
  pipelines.set(pipelineId, meddle(pipelines.get(pipelineId), how, words));
  const restored = await mutate(gateway, 'restorePipeline', { snapshot: before.document }, 'pipeline { pipelineId }');
  expect(restored.errors).toEqual([]);
  expect(restored['pipeline'].pipelineId).toBe(pipelineId);
}

const inOrder = (stages: readonly Json[], by: string) => stages.toSorted((a, b) => a[by] - b[by]);
const probability = (stage: Json) => ({ ...stage, metadata: { ...stage.metadata, probability: '0.3' } });

describe('what others made of a pipeline is undone to the letter, however unusual the pipeline is', () => {
  test.each(['deals', 'tickets', '2-77'])('an unusual pipeline of HubSpot %s is as it was', async (objectType) => {
    const pipelines = new Map<string, Json>();
    const gateway = await open(startHubSpot(pipelines), 'hubspot', objectType);
    const words = {
      objectType,
      stages: 'stages',
      label: 'label',
      order: 'displayOrder',
      change: probability,
      added: { id: 'added', label: 'Added', archived: false, metadata: { probability: '0.5', ticketState: 'CLOSED' } },
    };
    const property = fc.asyncProperty(hubSpotPipelines(objectType), meddling, async (original, how) => {
      pipelines.clear();
      pipelines.set(original.id, structuredClone(original));
      await meddleAndRestore(gateway, pipelines, original.id, how, words);
      const [stored] = pipelines.values();
      const expected = { ...original, stages: inOrder(original.stages, 'displayOrder') };
      expect({ ...stored, stages: inOrder(stored.stages, 'displayOrder') }).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 25, seed });
  });

  test('an unusual pipeline of v1 is as it was', async () => {
    const pipelines = new Map<string, Json>();
    const gateway = await open(startHubSpotV1(pipelines, 'deactivates'), 'hubspot-v1', 'deals');
    const words = {
      objectType: 'deals',
      stages: 'stages',
      label: 'label',
      order: 'displayOrder',
      change: probability,
      added: { stageId: 'added', label: 'Added', active: true, metadata: { probability: '0.5' } },
    };
    const property = fc.asyncProperty(v1Pipelines('deals'), meddling, async (original, how) => {
      pipelines.clear();
      pipelines.set(original.pipelineId, structuredClone(original));
      await meddleAndRestore(gateway, pipelines, original.pipelineId, how, words);
      const [stored] = pipelines.values();
      expect(stored).toEqual({ ...original, stages: inOrder(original.stages, 'displayOrder') });
    });
    await fc.assert(property, { numRuns: 25, seed });
  });

  test('an unusual pipeline of the organization API is as it was, but for the ids of stages that were gone', async () => {
    const pipelines = new Map<string, Json>();
    const gateway = await open(startOrganization(pipelines), 'organization', 'Contact');
    const words = {
      objectType: 'Contact',
      stages: 'pipelineStages',
      label: 'name',
      order: 'position',
      change: (stage: Json) => ({ ...stage, color: '#abcdef' }),
      added: { _id: 'fedcba9876543210fedcba98', name: 'Added', color: '#112233' },
    };
    const withoutId = ({ _id: _given, isActive: _shown, ...rest }: Json) => rest;
    // No write names an inactive stage, as that would make it active.
    const isLive = ({ isActive }: Json) => isActive !== false;
    const property = fc.asyncProperty(organizationPipelines, meddling, async (original, how) => {
      pipelines.clear();
      fc.pre(original.pipelineStages.some(isLive));
      pipelines.set(original._id, structuredClone(original));
      await meddleAndRestore(gateway, pipelines, original._id, how, words);
      const [stored] = pipelines.values();
      const stages = inOrder(original.pipelineStages.filter(isLive), 'position');
      expect({
        ...stored,
        pipelineStages: inOrder(stored.pipelineStages.filter(isLive), 'position').map(withoutId),
      }).toEqual({
        ...original,
        pipelineStages: stages.map(withoutId),
      });
      const kept = original.pipelineStages.filter(
        (stage: Json, index: number) => isLive(stage) && !how.gone.includes(index),
      );
      const ids = stored.pipelineStages.map(({ _id }: Json) => _id);
      expect(kept.every(({ _id }: Json) => ids.includes(_id))).toBe(true);
    });
    await fc.assert(property, { numRuns: 25, seed });
  });
});
