import { toPipelineGlobalId, toStageGlobalId } from '../../domain/ids.ts';
import type { PipelineKey, StageKey } from '../../domain/ids.ts';

/** The object of a call, as errors name it; `id` is its global id, null where it does not exist yet. */
export interface Subject {
  readonly id: string | null;
}

/** What a call is about that is about no object that exists already. */
export const noSubject: Subject = { id: null };

/** The pipeline that a call is about; of a stage's key, its pipeline. */
export function toPipelineSubject(key: PipelineKey): Subject {
  return { id: toPipelineGlobalId(key) };
}

/** The stage that a call is about. */
export function toStageSubject(key: StageKey): Subject {
  return { id: toStageGlobalId(key) };
}
