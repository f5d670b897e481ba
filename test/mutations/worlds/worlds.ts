import type { SandboxOptions } from '../../../sandbox/options.ts';
import type { TestGateway } from '../../support/gateway.ts';

/** What upstreams may be like, as nobody knows it: what holds must hold in each. */
export const worlds: readonly (readonly [name: string, unknowns: NonNullable<SandboxOptions['unknowns']>])[] = [
  ['what was observed', {}],
  ['ties that stay', { ties: 'kept', unknownStageIds: 'kept', renamePairs: 'one after the other' }],
  ['ties that go by label', { ties: 'by label', unknownStageIds: 'refused', inactiveStages: 'shown' }],
];

/** A stage as its upstream has it, whatever that calls its fields. */
export interface UpstreamStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  /** All else that a write must not change. */
  readonly meta: unknown;
}

// A test knows the shape of each upstream.
// eslint-disable-next-line typescript/no-explicit-any
type Json = any;

/** A kind of upstream: how a pipeline gets there, and what is there then, without the gateway. */
interface Upstream {
  readonly sourceName: string;
  readonly objectType: string;
  readonly metaInput: object;
  /** Makes a pipeline whose stages have these labels and numbers; gives its upstream id. */
  create(gateway: TestGateway, stages: readonly { label: string; displayOrder: number }[]): Promise<string>;
  /** The stages in display order, ties by label. */
  read(gateway: TestGateway, pipelineId: string): Promise<readonly UpstreamStage[]>;
}

const byOrder = (a: UpstreamStage, b: UpstreamStage) => a.displayOrder - b.displayOrder || (a.label < b.label ? -1 : 1);

async function call(gateway: TestGateway, token: string, method: string, path: string, body?: object): Promise<Json> {
  const answer = await gateway.sandbox.call(method, path, `sandbox-${token}`, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.body;
}

const toDealStage = ({ label, displayOrder }: { label: string; displayOrder: number }, index: number) => ({
  label,
  displayOrder,
  metadata: { probability: String((index % 10) / 10) },
});

/** HubSpot's current API. */
export const hubSpot: Upstream = {
  sourceName: 'hubspot',
  objectType: 'deals',
  metaInput: { probability: 0.5 },
  async create(gateway, stages) {
    const body = { label: 'Placed', displayOrder: 3, stages: stages.map(toDealStage) };
    return (await call(gateway, 'hubspot', 'POST', '/crm/pipelines/2026-09/deals', body)).id;
  },
  async read(gateway, pipelineId) {
    const { stages } = await call(gateway, 'hubspot', 'GET', `/crm/pipelines/2026-09/deals/${pipelineId}`);
    return stages
      .map(({ id, label, displayOrder, metadata }: Json) => ({ id, label, displayOrder, meta: metadata }))
      .sort(byOrder);
  },
};

const hubSpotV1: Upstream = {
  sourceName: 'hubspot-v1',
  objectType: 'deals',
  metaInput: { probability: 0.5 },
  async create(gateway, stages) {
    const withIds = stages.map((stage, index) => ({ ...toDealStage(stage, index), stageId: `s-${index}` }));
    const body = { label: 'Placed', displayOrder: 3, active: true, stages: withIds };
    return (await call(gateway, 'hubspot-v1', 'POST', '/crm-pipelines/v1/pipelines/deals', body)).pipelineId;
  },
  async read(gateway, pipelineId) {
    const { results } = await call(gateway, 'hubspot-v1', 'GET', '/crm-pipelines/v1/pipelines/deals');
    return results
      .find((each: Json) => each.pipelineId === pipelineId)
      .stages.map(({ stageId: id, label, displayOrder, metadata: meta }: Json) => ({ id, label, displayOrder, meta }))
      .sort(byOrder);
  },
};

/** The organization API. */
export const organization: Upstream = {
  sourceName: 'organization',
  objectType: 'Contact',
  metaInput: { color: '#112233' },
  async create(gateway, stages) {
    const pipelineStages = stages.map(({ label, displayOrder }) => ({ name: label, position: displayOrder }));
    const body = { name: 'Placed', pipelineStages };
    return (await call(gateway, 'organization', 'POST', '/api/pipelines/create', body)).pipeline._id;
  },
  async read(gateway, pipelineId) {
    const { pipelineStages } = await call(gateway, 'organization', 'GET', `/api/pipelines?pipelineId=${pipelineId}`);
    return pipelineStages
      .filter(({ isActive }: Json) => isActive !== false)
      .map(({ _id: id, name: label, position: displayOrder, color: meta }: Json) => ({ id, label, displayOrder, meta }))
      .sort(byOrder);
  },
};

/** Every kind of upstream. */
export const upstreams: readonly Upstream[] = [hubSpot, hubSpotV1, organization];

/** The global id of a pipeline, and those of its stages by their upstream ids. */
export async function idsOf(gateway: TestGateway, { sourceName, objectType }: Upstream, pipelineId: string) {
  const ask = `query($s: String!, $t: String!, $p: String!) {
    pipelineByKey(sourceName: $s, objectType: $t, pipelineId: $p) { id stages { id stageId } }
  }`;
  const answer = await gateway.ask(ask, { s: sourceName, t: objectType, p: pipelineId });
  const { id, stages } = answer.data.pipelineByKey;
  const stageIds = new Map<string, string>(stages.map((stage: Json) => [stage.stageId, stage.id]));
  return { id: id as string, stageIds };
}
