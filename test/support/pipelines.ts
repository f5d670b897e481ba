import type { TestGateway } from './gateway.ts';
import { mutate } from './mutate.ts';
import { pipelineFields } from './selections.ts';

/** A stage as `stageFields` shows it. */
interface StageOfAnswer {
  readonly id: string;
  readonly stageId: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly outcome: string;
  readonly updatedAt: string | null;
  readonly meta: { readonly __typename: string } & Readonly<Record<string, unknown>>;
}

/** A pipeline as `pipelineFields` shows it. */
export interface PipelineOfAnswer {
  readonly id: string;
  readonly sourceName: string;
  readonly objectType: string;
  readonly pipelineId: string;
  readonly archived: boolean;
  readonly label: string;
  readonly displayOrder: number;
  readonly updatedAt: string | null;
  readonly stages: readonly StageOfAnswer[];
}

/** Creates a pipeline and gives it as it reads afterwards. */
export async function createPipeline(gateway: TestGateway, input: object): Promise<PipelineOfAnswer> {
  const payload = await mutate(gateway, 'createPipeline', input, `pipeline { ${pipelineFields} }`);
  if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
  return payload.pipeline;
}

/** A pipeline as it reads now. */
export async function readPipeline(gateway: TestGateway, id: string): Promise<PipelineOfAnswer | null> {
  const answer = await gateway.ask(`query($id: ID!) { pipeline(id: $id) { ${pipelineFields} } }`, { id });
  if (answer.errors !== undefined) throw new Error(answer.text);
  return answer.data.pipeline;
}
