import { listPath, objectType, plainFields, sourceName, toId, toPipeline } from './account.ts';
import type { WirePipeline } from './account.ts';

/** One thing that is asked for: of a GraphQL server by `body`, of the reverse proxy by `restPath`. */
export interface Operation {
  readonly body: string;
  readonly restPath: string;
  /** Beside those of every operation. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What `data` must be. */
  readonly toData: () => unknown;
  /** What the proxy's answer must be. */
  readonly toRestAnswer: () => unknown;
}

/** Operations of one kind, without end. */
export interface Workload {
  readonly name: string;
  readonly description: string;
  /** How many operations in a row are held against the data. */
  readonly samples: number;
  /** How many operations in a row ask for everything once. */
  readonly distinct: number;
  readonly next: () => Operation;
}

const hosted = `sourceName: "${sourceName}", objectType: "${objectType}"`;
const fewFields = 'id label stages { stageId label outcome }';
const entityFields = '... on Stage { id stageId label displayOrder outcome archived updatedAt pipeline { label } }';

/** The workloads by name, for an account of at least one pipeline. */
export function createWorkloads(account: readonly WirePipeline[]): ReadonlyMap<string, Workload> {
  const workloads = [...createFixed(account), ...createEntities(account), ...createTexts(account)];
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const mix = createMix((name) => byName.get(name)?.next ?? fail(name));
  return new Map([...byName, [mix.name, mix]]);
}

function fail(name: string): never {
  throw new Error(`There is no workload ${name}.`);
}

function createFixed(account: readonly WirePipeline[]): readonly Workload[] {
  const lookUps = account.map((pipeline) => {
    const query = `query One($id: String!) { pipelineByKey(${hosted}, pipelineId: $id) { ${fewFields} } }`;
    return toOperation(pipeline, { query, variables: { id: pipeline.id } }, () => ({
      pipelineByKey: toFew(pipeline),
    }));
  });
  return [
    {
      name: 'W1',
      description: `one list of ${account.length} pipelines, every plain field and the metadata`,
      samples: 1,
      distinct: 1,
      next: always(toList(account)),
    },
    {
      name: 'W2',
      description: 'one pipeline by its key, few fields',
      samples: 3,
      distinct: account.length,
      next: rotate(lookUps),
    },
    {
      name: 'W3',
      description: 'twenty pipelines by their keys',
      samples: 1,
      distinct: 1,
      next: always(toTwenty(account)),
    },
  ];
}

function toList(account: readonly WirePipeline[]): Operation {
  const query = `query All { pipelines(first: ${Math.min(account.length, 500)}) { nodes { ${plainFields} } totalCount } }`;
  return {
    body: JSON.stringify({ query }),
    restPath: listPath,
    toData: () => ({ pipelines: { nodes: account.slice(0, 500).map(toPipeline), totalCount: account.length } }),
    toRestAnswer: () => ({ results: account }),
  };
}

function toTwenty(account: readonly WirePipeline[]): Operation {
  const asked = Array.from({ length: 20 }, (_, place) => at(account, place));
  const fields = asked.map(
    ({ id }, place) => `p${place}: pipelineByKey(${hosted}, pipelineId: "${id}") { ${fewFields} }`,
  );
  return toOperation(at(account, 0), { query: `query Twenty { ${fields.join(' ')} }` }, () =>
    Object.fromEntries(asked.map((pipeline, place) => [`p${place}`, toFew(pipeline)])),
  );
}

function createEntities(account: readonly WirePipeline[]): readonly Workload[] {
  const random = createRandom(1);
  const sets = Array.from({ length: 8 }, () => toEntities(account, random));
  return [
    { name: 'W4', description: 'fifty stages by _entities, 8 fixed sets', samples: 8, distinct: 8, next: rotate(sets) },
    {
      name: 'W4r',
      description: 'the same with fifty random stages each time',
      samples: 3,
      distinct: 1,
      next: () => toEntities(account, random),
    },
  ];
}

function toEntities(account: readonly WirePipeline[], random: () => number): Operation {
  const stages = Array.from({ length: 50 }, () => {
    const pipeline = at(account, Math.floor(random() * account.length));
    return { pipeline, place: Math.floor(random() * pipeline.stages.length) };
  });
  const representations = stages.map(({ pipeline, place }) => ({
    __typename: 'Stage',
    id: toId('stage', pipeline.id, pipeline.stages[place]?.id ?? ''),
  }));
  const query = `query Stages($representations: [_Any!]!) { _entities(representations: $representations) { ${entityFields} } }`;
  return toOperation(at(account, 0), { query, variables: { representations } }, () => ({
    _entities: stages.map(({ pipeline, place }) => toEntity(pipeline, place)),
  }));
}

function toEntity(pipeline: WirePipeline, place: number) {
  const stage = toPipeline(pipeline).stages[place];
  if (stage === undefined) throw new Error('There is no such stage.');
  const { id, stageId, label, displayOrder, outcome, archived, updatedAt } = stage;
  return { id, stageId, label, displayOrder, outcome, archived, updatedAt, pipeline: { label: pipeline.label } };
}

function createTexts(account: readonly WirePipeline[]): readonly Workload[] {
  const distinct = 200;
  const texts = Array.from({ length: distinct }, (_, number) => toText(account, number));
  let count = distinct;
  return [
    {
      name: 'W5d',
      description: `${distinct} different texts in rotation`,
      samples: 5,
      distinct,
      next: rotate(texts),
    },
    {
      name: 'W5u',
      description: 'every text new',
      samples: 3,
      distinct: account.length,
      next: () => toText(account, (count += 1)),
    },
  ];
}

function toText(account: readonly WirePipeline[], number: number): Operation {
  const pipeline = at(account, number);
  const fields = `n${number}: displayOrder ${fewFields}`;
  const query = `query Text${number} { pipelineByKey(${hosted}, pipelineId: "${pipeline.id}") { ${fields} } }`;
  return toOperation(pipeline, { query }, () => ({
    pipelineByKey: { [`n${number}`]: pipeline.displayOrder, ...toFew(pipeline) },
  }));
}

/** Of twenty operations twelve are W1, five W2, two W4, one W3, spread evenly. */
function createMix(find: (name: string) => () => Operation): Workload {
  const order = 'W1 W2 W1 W4 W1 W1 W2 W1 W3 W1 W2 W1 W1 W2 W1 W4 W1 W2 W1 W1'.split(' ');
  const next = rotate(order.map((name) => find(name)));
  return {
    name: 'WM',
    description: '60 % W1, 25 % W2, 10 % W4, 5 % W3',
    samples: 20,
    distinct: 80,
    next: () => next()(),
  };
}

function toFew(wire: WirePipeline) {
  const { id, label, stages } = toPipeline(wire);
  return { id, label, stages: stages.map(({ stageId, label, outcome }) => ({ stageId, label, outcome })) };
}

/** What the proxy is asked for instead is one pipeline. */
function toOperation(pipeline: WirePipeline, body: object, toData: Operation['toData']): Operation {
  return {
    body: JSON.stringify(body),
    restPath: `${listPath}/${pipeline.id}`,
    toData,
    toRestAnswer: () => pipeline,
  };
}

function at<T>(items: readonly T[], place: number): T {
  const item = items[place % items.length];
  if (item === undefined) throw new Error('The account is empty.');
  return item;
}

function always<T>(item: T): () => T {
  return () => item;
}

/** Gives one after the other, and begins again after the last. */
export function rotate<T>(items: readonly T[]): () => T {
  let place = -1;
  return () => at(items, (place += 1));
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
