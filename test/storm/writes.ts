import { deals, toPipelineId, toStageId } from '../support/seed.ts';
import type { Account } from './account.ts';
import type { PipelineModel } from './pipeline-model.ts';
import { stateFields } from './pipeline-state.ts';
import type { PipelineState } from './pipeline-state.ts';
import type { Random } from './random.ts';

/** A mutation with the state that it asks for. */
export interface PlannedWrite {
  readonly model: PipelineModel;
  readonly name: string;
  readonly input: object;
  /** Where the payload shows the pipeline; null where it does not. */
  readonly selection: string | null;
  readonly next: PipelineState | null;
}

const meta = { probability: 0.5 };
const maxPipelines = 5;

/** A random write that the account takes as it is. */
export function planWrite(account: Account, random: Random): PlannedWrite {
  const known = [...account.states];
  if (known.length === 0 || (known.length < maxPipelines && random.chance(0.15))) return planCreate(account);
  const [pipelineId, state] = random.pick(known);
  const model = account.pipelines.get(pipelineId);
  if (model === undefined) throw new Error(`There is no model of ${pipelineId}.`);
  const plans = [planRename, planRename, planReplace, planNewStage, planStageRename];
  if (state.stages.length > 2) plans.push(planStageRemoval);
  if (known.length === maxPipelines) plans.push(planRemoval);
  return random.pick(plans)({ account, model, state, random });
}

interface Planning {
  readonly account: Account;
  readonly model: PipelineModel;
  readonly state: PipelineState;
  readonly random: Random;
}

const shown = `pipeline { ${stateFields} }`;

function planCreate(account: Account): PlannedWrite {
  const model = account.addPipeline();
  const label = account.newName();
  const stages = [newStage(account), newStage(account)];
  const input = { ...deals, pipelineId: model.pipelineId, label, stages: stages.map((each) => ({ ...each, meta })) };
  return { model, name: 'createPipeline', input, selection: shown, next: { label, stages } };
}

function planRename({ account, model, state }: Planning): PlannedWrite {
  const label = account.newName();
  const input = { id: toPipelineId(model.pipelineId), label };
  return { model, name: 'patchPipeline', input, selection: shown, next: { ...state, label } };
}

/** A new label, the stages turned round, the first of them renamed, and no more than six of them. */
function planReplace({ account, model, state }: Planning): PlannedWrite {
  const label = account.newName();
  const [first, ...rest] = state.stages.toReversed().slice(0, 6);
  const stages = first === undefined ? [] : [{ ...first, label: account.newName() }, ...rest];
  const input = { id: toPipelineId(model.pipelineId), label, stages: stages.map((each) => ({ ...each, meta })) };
  return { model, name: 'replacePipeline', input, selection: shown, next: { label, stages } };
}

function planNewStage({ account, model, state }: Planning): PlannedWrite {
  const stage = newStage(account);
  const input = { pipeline: toPipelineId(model.pipelineId), ...stage, meta };
  const next = { ...state, stages: [...state.stages, stage] };
  return { model, name: 'createPipelineStage', input, selection: `stage { ${shown} }`, next };
}

function planStageRename({ account, model, state, random }: Planning): PlannedWrite {
  const { stageId } = random.pick(state.stages);
  const label = account.newName();
  const input = { id: toStageId(stageId, model.pipelineId), label };
  const stages = state.stages.map((stage) => (stage.stageId === stageId ? { ...stage, label } : stage));
  return { model, name: 'patchPipelineStage', input, selection: `stage { ${shown} }`, next: { ...state, stages } };
}

function planStageRemoval({ model, state, random }: Planning): PlannedWrite {
  const { stageId } = random.pick(state.stages);
  const stages = state.stages.filter((stage) => stage.stageId !== stageId);
  const input = { id: toStageId(stageId, model.pipelineId) };
  return { model, name: 'archivePipelineStage', input, selection: null, next: { ...state, stages } };
}

function planRemoval({ model }: Planning): PlannedWrite {
  const input = { id: toPipelineId(model.pipelineId) };
  return { model, name: 'archivePipeline', input, selection: null, next: null };
}

function newStage(account: Account) {
  return { stageId: account.newName(), label: account.newName() };
}
