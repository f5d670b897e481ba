/** What is compared of a pipeline. */
export interface PipelineState {
  readonly label: string;
  readonly stages: readonly StageState[];
}

/** What is compared of a stage. */
interface StageState {
  readonly stageId: string;
  readonly label: string;
}

/** The selection that a state is read from. */
export const stateFields = 'pipelineId label stages { stageId label }';

/** The state as text, by which states are compared. */
export function toText(state: PipelineState | null): string | null {
  if (state === null) return null;
  return `${state.label} (${state.stages.map(({ stageId, label }) => `${stageId} ${label}`).join(', ')})`;
}

interface WireState {
  readonly label: string;
  readonly stages: readonly { readonly id: string; readonly label: string; readonly displayOrder: number }[];
}

/** The state in an answer of the sandbox itself, whose stages are in no order. */
export function readWireState(body: unknown): PipelineState {
  const { label, stages } = body as WireState;
  const sorted = stages.toSorted((one, other) => one.displayOrder - other.displayOrder);
  return { label, stages: sorted.map((stage) => ({ stageId: stage.id, label: stage.label })) };
}
