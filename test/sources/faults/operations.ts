import { toPipelineGlobalId, toStageGlobalId } from '../../../src/domain/ids.ts';
import type { Answer } from '../../support/gateway.ts';
import { toMutation } from '../../support/mutate.ts';
import type { SandboxControl } from '../../support/sandbox-control.ts';
import { salesStageLabels } from '../../support/seed.ts';

/** A source of one kind that one cell of the matrix has for itself. */
export interface Subject {
  readonly kind: 'hubspot' | 'hubspot-v1' | 'organization';
  readonly sourceName: string;
  readonly token: string;
  /** The upstream's id of the pipeline that every operation is about. */
  readonly pipelineId: string;
  readonly sandbox: SandboxControl;
  readonly ask: (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answer>;
}

/** What an operation's answer says of what was asked for. */
export interface Outcome {
  /** A code, `answer`, `kept answer` or `null`. */
  readonly answer: string;
  /** Whether a write says that it may have happened. */
  readonly mayHaveHappened: boolean;
}

/** Something that a caller asks for, with what its answer and the upstream say of it. */
export interface Operation {
  readonly name: string;
  /** Which of its requests a fault befalls. */
  readonly aim: 'reads' | 'audit' | 'writes';
  /** Whether the matrix has it for sources of every kind. */
  readonly isForAll: boolean;
  run(subject: Subject, headers?: Record<string, string>): Promise<Outcome>;
  /** Of a write: whether a state of the pipelines shows it. */
  readonly shows?: (state: string) => boolean;
}

const objectTypes = { hubspot: 'deals', 'hubspot-v1': 'deals', organization: 'Contact' } as const;
const stageId = 'contractsent';

function globalIdOf({ kind, sourceName, pipelineId }: Subject): string {
  return toPipelineGlobalId({ sourceName, objectType: objectTypes[kind], pipelineId });
}

const upstreamPaths = {
  hubspot: '/crm/pipelines/2026-09/deals',
  'hubspot-v1': '/crm-pipelines/v1/pipelines/deals',
  organization: '/api/pipelines?type=Contact',
} as const;

/** What the upstream itself says of its pipelines, in one request. */
export async function upstreamState({ kind, sandbox, token }: Omit<Subject, 'pipelineId'>): Promise<string> {
  return JSON.stringify((await sandbox.call('GET', upstreamPaths[kind], token)).body);
}

/** The id of the pipeline that an operation is about: one without records where it is to go, else the account's own. */
export async function findPipelineId(operation: Operation, subject: Omit<Subject, 'pipelineId'>): Promise<string> {
  if (operation.name === 'archivePipeline') return 'own';
  if (subject.kind !== 'organization') return 'default';
  const [, id] = /"_id":"(\w+)"/.exec(await upstreamState(subject)) ?? [];
  if (id === undefined) throw new Error('The organization has no pipeline.');
  return id;
}

/** Makes that pipeline where the account does not have it from the start. */
export async function makePipeline({ kind, pipelineId, sandbox, token }: Subject): Promise<void> {
  if (pipelineId !== 'own') return;
  const stage = { label: 'Only', displayOrder: 0, metadata: { probability: '0.5' } };
  const body = { pipelineId, label: 'Own', displayOrder: 1, stages: [stage] };
  await sandbox.call('POST', upstreamPaths[kind], token, body);
}

/** What the gateway says of them; null where it cannot. */
export async function gatewayState({ kind, sourceName, ask }: Subject): Promise<string | null> {
  const { data } = await ask(
    `query ($sourceName: String!, $objectType: String!) {
      pipelines(where: { sourceNames: [$sourceName], objectTypes: [$objectType] }) {
        nodes { pipelineId label stages { stageId label } } failures { code }
      }
    }`,
    { sourceName, objectType: objectTypes[kind] },
  );
  const { nodes, failures } = data.pipelines;
  return failures.length > 0 ? null : JSON.stringify(nodes);
}

function read(name: string, query: string, { isForAll = false } = {}): Operation {
  return {
    name,
    aim: name === 'audit' ? 'audit' : 'reads',
    isForAll,
    async run(subject, headers = {}) {
      const { kind, sourceName, pipelineId } = subject;
      const variables = { id: globalIdOf(subject), sourceName, objectType: objectTypes[kind], pipelineId };
      const { data, errors, extensions } = await subject.ask(query, variables, headers);
      const found = name === 'audit' ? data.found?.audit : data.found;
      const code = errors?.[0]?.extensions['code'] ?? found?.failures?.[0]?.code;
      const answer = extensions?.['stale'] === undefined ? 'answer' : 'kept answer';
      return { answer: String(code ?? (found === null ? 'null' : answer)), mayHaveHappened: false };
    },
  };
}

function write(
  name: string,
  shows: (state: string) => boolean,
  toInput: (subject: Subject) => object,
  { isForAll = false } = {},
): Operation {
  return {
    name,
    aim: 'writes',
    isForAll,
    async run(subject, headers = {}) {
      const { data, text } = await subject.ask(toMutation(name), { input: toInput(subject) }, headers);
      const [error] = data?.[name].errors ?? [{ code: text, mayHaveBeenApplied: false }];
      return { answer: error?.code ?? 'answer', mayHaveHappened: error?.mayHaveBeenApplied ?? true };
    },
    shows,
  };
}

const stageGlobalId = ({ sourceName }: Subject): string =>
  toStageGlobalId({ sourceName, objectType: 'deals', pipelineId: 'default', stageId });
const newStage = { label: 'Made', meta: { probability: 0.5 } };
const showsMade = (state: string): boolean => state.includes('"Made"');

/** Every kind of operation. */
export const operations: readonly Operation[] = [
  read(
    'list',
    `query ($sourceName: String!, $objectType: String!) {
      found: pipelines(where: { sourceNames: [$sourceName], objectTypes: [$objectType] }) { nodes { label } failures { code } }
    }`,
    { isForAll: true },
  ),
  read('by id', 'query ($id: ID!) { found: pipeline(id: $id) { label } }', { isForAll: true }),
  read(
    'by key',
    `query ($sourceName: String!, $objectType: String!, $pipelineId: String!) {
      found: pipelineByKey(sourceName: $sourceName, objectType: $objectType, pipelineId: $pipelineId) { label }
    }`,
  ),
  read('audit', 'query ($id: ID!) { found: pipeline(id: $id) { audit { totalCount } } }'),
  write('createPipeline', showsMade, ({ sourceName }) => {
    return { sourceName, objectType: 'deals', label: 'New', displayOrder: 1, stages: [newStage] };
  }),
  write('replacePipeline', showsMade, (subject) => {
    // What is there stays, because records are in it.
    return {
      id: globalIdOf(subject),
      label: 'New',
      stages: [...salesStageLabels.map((label) => ({ label })), newStage],
    };
  }),
  write('patchPipeline', showsMade, (subject) => ({ id: globalIdOf(subject), label: 'Made' }), { isForAll: true }),
  write(
    'archivePipeline',
    (state) => !state.includes('"own"'),
    (subject) => ({ id: globalIdOf(subject) }),
  ),
  write('createPipelineStage', showsMade, (subject) => ({ pipeline: globalIdOf(subject), ...newStage })),
  write('patchPipelineStage', showsMade, (subject) => ({ id: stageGlobalId(subject), label: 'Made' })),
  write(
    'archivePipelineStage',
    (state) => !state.includes(`"${stageId}"`),
    (subject) => ({ id: stageGlobalId(subject), validateReferences: false }),
  ),
];
