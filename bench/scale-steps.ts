import type { AccountSize, WirePipeline } from './account.ts';
import { createWorkloads, rotate } from './workloads.ts';
import type { Operation, Workload } from './workloads.ts';

/** What grows, and how far. */
export interface Dimension {
  readonly name: string;
  readonly description: string;
  readonly steps: readonly number[];
  readonly toStep: (count: number) => Step;
}

/** One size of what grows. */
interface Step {
  readonly size: AccountSize;
  readonly toWorkload: (account: readonly WirePipeline[]) => Workload;
  /** The gateway's sources, without what all of them have. */
  readonly sources: readonly object[];
}

const usual: AccountSize = { pipelines: 20, stages: 8 };
const tokenHeader = 'x-hubspot-token';
const withToken = { mode: 'static', token: 'benchmark' };
const one = [{ name: 'hubspot', credential: withToken }];

/** All that grows. */
export const dimensions: readonly Dimension[] = [
  {
    name: 'pipelines',
    description: 'a list of all fields, of at most 500 pipelines of 8 stages',
    steps: [1, 10, 100, 1000],
    toStep: (pipelines) => ({ size: { ...usual, pipelines }, sources: one, toWorkload: toListWorkload }),
  },
  {
    name: 'stages',
    description: 'a list of all fields, of 20 pipelines with this many stages each',
    steps: [1, 10, 100],
    toStep: (stages) => ({ size: { ...usual, stages }, sources: one, toWorkload: toListWorkload }),
  },
  {
    name: 'sources',
    description: 'one pipeline by its key, of each source in turn',
    steps: [1, 10, 50],
    toStep: toSourcesStep,
  },
  {
    name: 'credentials',
    description: 'one pipeline by its key, with each caller’s own credential in turn',
    steps: [1, 100, 1000, 10_000],
    toStep: toCredentialsStep,
  },
];

function toListWorkload(account: readonly WirePipeline[]): Workload {
  const workload = createWorkloads(account).get('W1');
  if (workload === undefined) throw new Error('There is no W1.');
  return workload;
}

function toSourcesStep(count: number): Step {
  const names = Array.from({ length: count }, (_, place) => `hubspot-${place}`);
  return {
    size: usual,
    sources: names.map((name) => ({ name, credential: withToken })),
    toWorkload: (account) =>
      toLookUps(names.flatMap((name) => account.slice(0, 1).map((pipeline) => toLookUp(name, pipeline)))),
  };
}

function toCredentialsStep(count: number): Step {
  return {
    size: usual,
    sources: [{ name: 'hubspot', credential: { mode: 'forward', header: tokenHeader } }],
    toWorkload: ([pipeline]) =>
      toLookUps(
        Array.from({ length: pipeline === undefined ? 0 : count }, (_, place) => ({
          ...toLookUp('hubspot', pipeline as WirePipeline),
          headers: { [tokenHeader]: `caller-${place}` },
        })),
      ),
  };
}

function toLookUps(operations: readonly Operation[]): Workload {
  const { length } = operations;
  return {
    name: 'W2',
    description: 'one pipeline by its key',
    samples: Math.min(length, 100),
    distinct: length,
    next: rotate(operations),
  };
}

function toLookUp(sourceName: string, pipeline: WirePipeline): Operation {
  const query = `query One($source: String!, $id: String!) {
    pipelineByKey(sourceName: $source, objectType: "deals", pipelineId: $id) { label stages { stageId label } }
  }`;
  const stages = pipeline.stages.map(({ id, label }) => ({ stageId: id, label }));
  return {
    body: JSON.stringify({ query, variables: { source: sourceName, id: pipeline.id } }),
    restPath: '',
    toData: () => ({ pipelineByKey: { label: pipeline.label, stages } }),
    toRestAnswer: () => pipeline,
  };
}
