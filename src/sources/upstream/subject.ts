import { toPipelineGlobalId, toStageGlobalId } from '../../domain/ids.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';

/** The object of a call, as errors name it; `id` is its global id, null where it does not exist yet. */
export interface Subject {
  readonly id: string | null;
  /** The ids that a write gives to new objects, each with the input field that it came in. */
  readonly newIds: readonly NewId[];
  /** The labels of the list of stages that a write sends, in the input's order; none if it sends no list. */
  readonly stageLabels: readonly string[];
}

interface NewId {
  readonly path: readonly string[];
  readonly value: string;
}

/** What a call is about that is about no object that exists already. */
export const noSubject: Subject = { id: null, newIds: [], stageLabels: [] };

/** The pipeline that a call is about; of a stage's key, its pipeline. */
export function toPipelineSubject(key: PipelineKey): Subject {
  return { id: toPipelineGlobalId(key), newIds: [], stageLabels: [] };
}

/** The stage that a call is about. */
export function toStageSubject(key: StageKey): Subject {
  return { id: toStageGlobalId(key), newIds: [], stageLabels: [] };
}

/** A pipeline that is to be created with the ids given to it and its stages; null stands for an id that the upstream makes. */
export function toNewPipelineSubject({ pipelineId, stages }: NewPipelineIds): Subject {
  const stageIds = stages.flatMap(({ stageId }, index) => toNewId(['stages', String(index), 'stageId'], stageId));
  return {
    id: null,
    newIds: [...toNewId(['pipelineId'], pipelineId), ...stageIds],
    stageLabels: stages.map(toLabel),
  };
}

/** The pipeline that gets a whole new list of stages. */
export function toReplacedSubject(key: PipelineKey, stages: readonly Labelled[]): Subject {
  return { ...toPipelineSubject(key), stageLabels: stages.map(toLabel) };
}

/** The pipeline that gets a new stage with the id given to it; null stands for one that the upstream makes. */
export function toNewStageSubject(pipeline: PipelineKey, stageId: string | null): Subject {
  return { ...toPipelineSubject(pipeline), newIds: toNewId(['stageId'], stageId) };
}

interface Labelled {
  readonly label: string;
}

interface NewPipelineIds {
  readonly pipelineId: string | null;
  readonly stages: readonly (Labelled & { readonly stageId: string | null })[];
}

function toLabel({ label }: Labelled): string {
  return label;
}

function toNewId(path: readonly string[], value: string | null): readonly NewId[] {
  return value === null ? [] : [{ path, value }];
}
