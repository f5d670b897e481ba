import type { SandboxControl } from '../support/sandbox-control.ts';
import { createPipelineModel } from './pipeline-model.ts';
import type { PipelineModel } from './pipeline-model.ts';
import { readWireState, toText } from './pipeline-state.ts';
import type { PipelineState } from './pipeline-state.ts';

/** One caller's account: what is known of it, and what it is. */
export interface Account {
  /** What every label in it begins with, and none of another's does. */
  readonly prefix: string;
  readonly token: string;
  readonly pipelines: Map<string, PipelineModel>;
  /** The states that the pipelines have, by id. */
  readonly states: Map<string, PipelineState>;
  /** A label or id that was never used before. */
  newName(): string;
  addPipeline(): PipelineModel;
  /** A pipeline's true state, and how many changes were made to it so far; asked of the upstream past all faults. */
  readTruth(pipelineId: string): Promise<Truth>;
  /** Renames a pipeline without the gateway. */
  renameOutside(pipelineId: string, label: string): Promise<void>;
}

/** A pipeline as its upstream has it, and how often it was changed. */
export interface Truth {
  readonly state: PipelineState | null;
  readonly text: string | null;
  readonly changes: number;
}

/** The path of a version that no fault befalls. */
const base = '/crm/v3/pipelines/deals';

/** The account of a new token. */
export function openAccount(number: number, sandbox: SandboxControl): Account {
  const prefix = `c${number}-`;
  const token = `storm-${number}`;
  const pipelines = new Map<string, PipelineModel>();
  let names = 0;
  const newName = (): string => `${prefix}${(names += 1)}`;

  return {
    prefix,
    token,
    pipelines,
    states: new Map(),
    newName,
    addPipeline() {
      const model = createPipelineModel(newName());
      pipelines.set(model.pipelineId, model);
      return model;
    },
    async readTruth(pipelineId) {
      const { status, body } = await sandbox.call('GET', `${base}/${pipelineId}`, token);
      if (status === 404) return { state: null, text: null, changes: 0 };
      const state = readWireState(body);
      const audit = await sandbox.call('GET', `${base}/${pipelineId}/audit`, token);
      return { state, text: toText(state), changes: (audit.body as { results: unknown[] }).results.length };
    },
    async renameOutside(pipelineId, label) {
      const { status } = await sandbox.call('PATCH', `${base}/${pipelineId}`, token, { label });
      if (status !== 200) throw new Error(`The sandbox refused a rename: ${status}`);
    },
  };
}
