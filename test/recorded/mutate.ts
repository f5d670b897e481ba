import { mutate as run } from '../support/mutate.ts';
import type { Payload } from '../support/mutate.ts';
import type { RecordedWorld } from './world.ts';

/** The global id of a pipeline, as a client learns it. */
export async function pipelineIdOf(world: RecordedWorld, objectType: string, pipelineId: string): Promise<string> {
  const query = 'query ($t: String!, $p: String!) { pipelineByKey(objectType: $t, pipelineId: $p) { id } }';
  const answer = await world.ask(query, { t: objectType, p: pipelineId });
  if (answer.errors !== undefined) throw new Error(answer.text);
  return answer.data.pipelineByKey.id;
}

/** The global id of a stage, as a client learns it. */
export async function stageIdOf(world: RecordedWorld, objectType: string, stageId: string): Promise<string> {
  const query = 'query ($t: String!, $s: String!) { pipelineStageByKey(objectType: $t, stageId: $s) { id } }';
  const answer = await world.ask(query, { t: objectType, s: stageId });
  if (answer.errors !== undefined) throw new Error(answer.text);
  return answer.data.pipelineStageByKey.id;
}

/** Runs a mutation; waits for no lock or limit of the upstream's. */
export function mutate(world: RecordedWorld, name: string, input: object, selection = ''): Promise<Payload> {
  return run(world, name, input, selection, { 'x-deadline-ms': '1900' });
}
