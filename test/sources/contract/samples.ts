import type { Answer } from '../../support/gateway.ts';
import { pipelineFields } from '../../support/selections.ts';
import type { Kind } from '../kinds.ts';
import type { World } from '../world.ts';

/** A pipeline with the stages First, Second and Third, as input. */
export function toNewPipeline({ objectType, metas }: Kind, label = 'Renewals', more: object = {}) {
  const stages = ['First', 'Second', 'Third'].map((name, index) => ({ label: name, meta: metas[index]?.input }));
  return { objectType, label, stages, ...more };
}

/** Creates that pipeline, and empties the sandbox's log after it. */
export async function createSample(world: World, kind: Kind, label?: string): Promise<Answer['data']> {
  const { pipeline } = await world.do('createPipeline', toNewPipeline(kind, label));
  await world.sandbox.emptyLog();
  return pipeline;
}

/** The pipeline as a query shows it now; null where there is none. */
export async function readPipeline(world: World, id: string): Promise<Answer['data']> {
  const { pipeline } = await world.query(`query ($id: ID!) { pipeline(id: $id) { ${pipelineFields} } }`, { id });
  return pipeline;
}

/** The pipeline that a new account has. */
export async function readSeeded(world: World, { objectType, seeded }: Kind): Promise<Answer['data']> {
  const where = { objectTypes: [objectType], labelContains: seeded.label };
  const document = `query ($where: PipelineFilter) { pipelines(where: $where) { nodes { ${pipelineFields} } } }`;
  const { pipelines } = await world.query(document, { where });
  return pipelines.nodes[0];
}

/** An id of the same form as `id` that names nothing, as a client gets hold of one when the object is gone. */
export function toMissingId(id: string, upstreamId: string): string {
  const parts = JSON.parse(Buffer.from(id, 'base64url').toString()) as unknown[];
  const missing = /^[\da-f]{24}$/.test(upstreamId) ? 'f'.repeat(24) : 'missing';
  return Buffer.from(JSON.stringify(parts.map((part) => (part === upstreamId ? missing : part)))).toString('base64url');
}
