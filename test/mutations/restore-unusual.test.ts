import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startReplica } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { hubSpotAt } from '../support/sources.ts';
import { startHubSpot, startHubSpotV1, startOrganization } from '../support/verbatim-apis.ts';
import type { Deletion } from '../support/verbatim-apis.ts';
import type { Json, VerbatimUpstream } from '../support/verbatim-upstream.ts';
import { hubSpotPipelines, organizationPipelines, v1Pipelines } from './unusual-pipelines.ts';

/** Other pipelines in every run; `SEED` repeats one. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`SEED=${seed} repeats the unusual pipelines of this run.`);

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
  return { gateway, upstream };
}

const byId = 'query($type: String!, $id: String!) { pipelineByKey(objectType: $type, pipelineId: $id) { id } }';

async function idOf(gateway: TestGateway, objectType: string, pipelineId: string): Promise<string> {
  const answer = await gateway.ask(byId, { type: objectType, id: pipelineId });
  if (answer.errors !== undefined) throw new Error(answer.text);
  return answer.data.pipelineByKey.id;
}

/** Archives a pipeline whatever its upstream may say of it later, and restores it; gives the new pipeline's upstream id. */
async function archiveAndRestore(gateway: TestGateway, objectType: string, pipelineId: string): Promise<string> {
  const id = await idOf(gateway, objectType, pipelineId);
  const archived = await mutate(gateway, 'archivePipeline', { id, archiveAnyway: true }, 'snapshot { document }');
  expect(archived.errors).toEqual([]);
  // What a client keeps is JSON, whose fields may come in another order.
  const snapshot = reversed(JSON.parse(JSON.stringify(archived['snapshot'].document)));
  const restored = await mutate(gateway, 'restorePipeline', { snapshot }, 'pipeline { pipelineId }');
  expect(restored.errors).toEqual([]);
  return restored['pipeline'].pipelineId;
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, reversed(each)] as const);
  return Object.fromEntries(entries.toReversed());
}

const inOrder = (stages: readonly Json[], by: string) => stages.toSorted((a, b) => a[by] - b[by]);
const hubSpotTypes = ['deals', 'tickets', 'leads', 'services', 'tasks', '2-77'];

describe('what exists comes back to the letter, however unusual it is', () => {
  test.each(hubSpotTypes)('an unusual pipeline of HubSpot %s comes back to the letter', async (objectType) => {
    const pipelines = new Map<string, Json>();
    const { gateway } = await open(startHubSpot(pipelines), 'hubspot', objectType);
    const property = fc.asyncProperty(hubSpotPipelines(objectType), async (original) => {
      pipelines.clear();
      pipelines.set(original.id, structuredClone(original));
      await archiveAndRestore(gateway, objectType, original.id);
      expect([...pipelines.values()]).toEqual([{ ...original, stages: inOrder(original.stages, 'displayOrder') }]);
    });
    await fc.assert(property, { numRuns: 30, seed });
  });

  const worlds = (['deactivates', 'removes', 'removes, but lists'] satisfies Deletion[]).flatMap((deletion) =>
    ['deals', 'tickets'].map((objectType) => ({ deletion, objectType })),
  );
  test.each(worlds)(
    'an unusual pipeline of v1 $objectType comes back if a deletion $deletion',
    async ({ deletion, objectType }) => {
      const pipelines = new Map<string, Json>();
      const { gateway } = await open(startHubSpotV1(pipelines, deletion), 'hubspot-v1', objectType);
      const property = fc.asyncProperty(v1Pipelines(objectType), async (original) => {
        pipelines.clear();
        pipelines.set(original.pipelineId, structuredClone(original));
        await archiveAndRestore(gateway, objectType, original.pipelineId);
        expect([...pipelines.values()]).toEqual([{ ...original, stages: inOrder(original.stages, 'displayOrder') }]);
      });
      await fc.assert(property, { numRuns: 20, seed });
    },
  );

  test('an unusual pipeline of the organization API comes back, but for the ids that it gives and what is inactive', async () => {
    const pipelines = new Map<string, Json>();
    const { gateway } = await open(startOrganization(pipelines), 'organization', 'Contact');
    const withoutId = ({ _id: _given, isActive: _shown, ...rest }: Json) => rest;
    const isLive = ({ isActive }: Json) => isActive !== false;
    const property = fc.asyncProperty(organizationPipelines, async (original) => {
      fc.pre(original.pipelineStages.some(isLive));
      pipelines.clear();
      pipelines.set(original._id, structuredClone(original));
      const restored = pipelines.get(await archiveAndRestore(gateway, 'Contact', original._id));
      const { type: _type, pipelineStages, ...fields } = original;
      expect({ ...withoutId(restored), pipelineStages: restored.pipelineStages.map(withoutId) }).toEqual({
        ...withoutId(fields),
        pipelineStages: inOrder(pipelineStages.filter(isLive), 'position').map(withoutId),
      });
    });
    await fc.assert(property, { numRuns: 30, seed });
  });
});

/** What HubSpot refuses of a new pipeline (observed), or keeps as something else. */
function toRefusal(objectType: string, { pipelineId, stages }: Json): string | null {
  const field = { deals: 'probability', tickets: 'ticketState' }[objectType] ?? 'state';
  const labels = stages.map(({ label }: Json) => label.trim().toLowerCase());
  const values = stages.map(({ metadata }: Json) => metadata[field]);
  const isTaken = (value: unknown) =>
    field === 'probability'
      ? typeof value === 'string' && value !== '' && Number(value) >= 0 && Number(value) <= 1
      : value === undefined || value === 'OPEN' || value === 'CLOSED';
  if (new Set(labels).size < labels.length) return 'two labels alike';
  if (labels.includes('')) return 'an empty label';
  if (stages.length > (objectType === 'services' ? 30 : 100)) return 'too many stages';
  if (pipelineId.length > 36 || stages.some(({ stageId }: Json) => stageId.length > 100)) return 'a long id';
  if (!values.every(isTaken)) return `a ${field}`;
  if (objectType === 'tickets' && !values.includes('CLOSED')) return 'no closed stage';
  return null;
}

const toPost = ({ id, stages, ...fields }: Json) => ({
  ...fields,
  pipelineId: id,
  stages: stages.map(({ id: stageId, ...stage }: Json) => ({ ...stage, stageId })),
});

describe('archive names what its upstream would refuse to take back, and nothing else, before it deletes', () => {
  test.each(['deals', 'tickets', 'services'])(
    'an archive of HubSpot %s is refused just if a restore would be',
    async (objectType) => {
      const pipelines = new Map<string, Json>();
      const seen = { refused: 0, restored: 0 };
      const upstream = startHubSpot(pipelines, (body) => toRefusal(objectType, body));
      const { gateway } = await open(upstream, 'hubspot', objectType);
      const property = fc.asyncProperty(hubSpotPipelines(objectType), async (original) => {
        pipelines.clear();
        pipelines.set(original.id, structuredClone(original));
        const id = await idOf(gateway, objectType, original.id);
        const archived = await mutate(gateway, 'archivePipeline', { id }, 'snapshot { document }');
        const comesBackOpen = original.stages.some(
          ({ metadata }: Json) =>
            objectType === 'tickets' && !('ticketState' in metadata) && metadata.isClosed === 'true',
        );
        const isRefused = comesBackOpen || toRefusal(objectType, toPost(original)) !== null;
        expect(archived.errors.length > 0).toBe(isRefused);
        if (isRefused) {
          expect([...pipelines.values()]).toEqual([original]);
          expect(archived.errors.every(({ message, path }) => message.includes('archiveAnyway') && path !== null)).toBe(
            true,
          );
          seen.refused += 1;
          return;
        }
        expect(pipelines.size).toBe(0);
        const restored = await mutate(gateway, 'restorePipeline', { snapshot: archived['snapshot'].document });
        expect(restored.errors).toEqual([]);
        seen.restored += 1;
      });
      await fc.assert(property, { numRuns: 60, seed });
      expect(seen).toEqual({ refused: expect.toSatisfy((n) => n > 0), restored: expect.toSatisfy((n) => n > 0) });
    },
  );

  test('an archive that is refused names each stage by its place and its label', async () => {
    const pipeline = {
      id: 'odd',
      label: 'Odd',
      displayOrder: 0,
      stages: [
        { id: 'c', label: 'Later', displayOrder: 9, metadata: { probability: 'high' } },
        { id: 'a', label: 'First', displayOrder: 1, metadata: { probability: '0.5' } },
        { id: 'b', label: 'Unset', displayOrder: 2, metadata: {} },
      ],
    };
    const { gateway, upstream } = await open(startHubSpot(new Map([['odd', pipeline]])), 'hubspot', 'deals');
    const id = await idOf(gateway, 'deals', 'odd');
    const { errors } = await mutate(gateway, 'archivePipeline', { id });
    const suffix = 'So the pipeline could not be restored; archiveAnyway archives it all the same.';
    const rest = { __typename: 'PipelineInvalidInputError', code: 'INVALID_INPUT', mayHaveBeenApplied: false };
    expect(errors).toMatchObject([
      {
        ...rest,
        path: ['stages', '1', 'meta', 'probability'],
        message: `Stage "Unset": A new stage of deals needs a probability. ${suffix}`,
      },
      { ...rest, path: ['stages', '2', 'meta', 'probability'] },
    ]);
    expect(upstream.writes).toEqual([]);
  });

  test('an archive at v1 is refused for ids in capitals and labels over 36 characters', async () => {
    const label = 'A label of more than thirty-six characters';
    const stage = { label: 'Won', displayOrder: 0, active: true, metadata: { probability: '1.0' } };
    const pipeline = {
      pipelineId: 'Pipeline-A',
      label,
      displayOrder: 0,
      active: true,
      stages: [{ ...stage, stageId: 'S-1' }],
    };
    const upstream = startHubSpotV1(new Map([['Pipeline-A', pipeline]]), 'removes');
    const { gateway } = await open(upstream, 'hubspot-v1', 'deals');
    const { errors } = await mutate(gateway, 'archivePipeline', { id: await idOf(gateway, 'deals', 'Pipeline-A') });
    expect(errors.map(({ path }) => path)).toEqual([['label'], ['pipelineId'], ['stages', '0', 'stageId']]);
    expect((await upstream).writes).toEqual([]);
  });
});
