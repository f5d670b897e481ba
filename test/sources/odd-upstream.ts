import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { toPipelineGlobalId, toStageGlobalId } from '../../src/domain/ids.ts';
import { usualTimes } from '../support/cache-times.ts';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startUpstream } from '../support/test-upstream.ts';
import { toSettings } from './kinds.ts';

/** A pipeline or stage as an upstream has it, which may lack what it should have. */
interface OddStage {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly metadata?: object;
}
interface OddPipeline extends OddStage {
  readonly stages?: unknown;
}

/** An upstream of one kind whose content tests set, with the gateway in front of it. */
export interface OddWorld extends TestGateway {
  /** Its content, which a test may change at any time. */
  pipelines: readonly OddPipeline[];
  /** The status that everything is answered with; null: as it should be. */
  status: number | null;
  /** The requests that it got, as `GET /path`, without the API's own prefix. */
  readonly lines: string[];
  readonly pipelineId: (id: string) => string;
  readonly stageId: (pipelineId: string, id: string) => string;
}

type OddKind = 'hubspot' | 'hubspot-v1' | 'organization';

const prefixes = {
  hubspot: '/crm/pipelines/2026-09',
  'hubspot-v1': '/crm-pipelines/v1/pipelines',
  organization: '/api',
};
const long = 3_600_000;
/** What is kept stays fresh for longer than any test takes. */
const keeping = { ...usualTimes, freshMs: long, staleMs: long, staleOnErrorMs: long, maxBytes: 16 * 1024 * 1024 };

const closings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** Starts one, with a gateway that keeps what it reads or, like most tests' one, does not. */
export async function startOddWorld(
  kind: OddKind,
  pipelines: readonly OddPipeline[],
  { isKeeping = false, settings = {} }: { readonly isKeeping?: boolean; readonly settings?: object } = {},
): Promise<OddWorld> {
  const world = { pipelines, status: null, lines: [] } as unknown as OddWorld;
  const objectType = kind === 'organization' ? 'Contact' : 'deals';
  const upstream = await startUpstream((request, response) => serve(kind, world, request, response));
  const source = toSettings({ kind, objectTypes: [objectType], ...settings }, upstream.url);
  const gateway = await startTestGateway({
    sources: () => [source],
    resilience: { circuitRetryMs: 1, ...(isKeeping ? { cache: keeping } : {}) },
  });
  closings.push(
    () => gateway.close(),
    () => upstream.close(),
  );
  const key = { sourceName: 'crm', objectType };
  return Object.assign(world, gateway, {
    pipelineId: (id: string) => toPipelineGlobalId({ ...key, pipelineId: id }),
    stageId: (pipelineId: string, id: string) => toStageGlobalId({ ...key, pipelineId, stageId: id }),
  });
}

function serve(kind: OddKind, world: OddWorld, { method, url = '' }: IncomingMessage, response: ServerResponse): void {
  const path = url.slice(prefixes[kind].length);
  world.lines.push(`${method} ${path}`);
  if (world.status !== null) return void response.writeHead(world.status).end();
  if (method !== 'GET') return void response.end('{}');
  const found = toAnswer(kind, world.pipelines, path);
  if (found === undefined) return void response.writeHead(404).end();
  response.end(JSON.stringify(found));
}

function toAnswer(kind: OddKind, pipelines: readonly OddPipeline[], path: string): unknown {
  if (kind === 'hubspot-v1') return { results: pipelines.map(toV1) };
  if (kind === 'organization') {
    const id = /pipelineId=(\w+)/.exec(path)?.[1];
    const [first] = pipelines;
    const found = id === undefined ? first : pipelines.find((pipeline) => pipeline.id === id);
    return found && toOrganization(found);
  }
  const id = path.split('/')[2];
  return id === undefined ? { results: pipelines } : pipelines.find((pipeline) => pipeline.id === id);
}

function toV1({ id, stages, ...pipeline }: OddPipeline): object {
  const toStage = ({ id: stageId, ...stage }: OddStage) => ({ stageId, ...stage });
  return { pipelineId: id, ...pipeline, stages: Array.isArray(stages) ? stages.map(toStage) : stages };
}

function toOrganization({ id: _id, label: name, stages }: OddPipeline): object {
  const toStage = (stage: OddStage, position: number) => ({
    _id: stage.id,
    name: stage.label,
    color: '#112233',
    position,
  });
  return { _id, name, type: 'Contact', pipelineStages: Array.isArray(stages) ? stages.map(toStage) : stages };
}
