import type { StageOutcome, StageWritePermissions } from '../generated/enums.ts';
import { toPipelineGlobalId, toStageGlobalId } from './ids.ts';
import type { PipelineKey, StageKey } from './ids.ts';
import { toOutcome } from './stage-meta-operations.ts';
import type { RawMeta, StageMeta } from './stage-meta.ts';

/** A pipeline as the gateway knows it: frozen, fields named as in the SDL, instants in RFC 3339. */
export interface Pipeline extends PipelineKey {
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  readonly displayOrder: number;
  readonly isDefault: boolean | null;
  readonly archived: boolean;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly archivedAt: string | null;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
  /** The organization that it belongs to; null at sources that have none. */
  readonly organizationId: string | null;
  /** In display order. */
  readonly stages: readonly Stage[];
  /** What else the upstream has of stages; a write of the whole pipeline would remove it unseen. */
  readonly unreadStages: readonly UnreadStage[];
}

/** A stage that the upstream has but that cannot be read, or all of a pipeline's stages. */
export interface UnreadStage {
  /** Null if not even that can be read. */
  readonly stageId: string | null;
  /** What messages call it: `stage "ghost"`, `stage 2`, `its stages`. */
  readonly name: string;
}

/** A stage of a pipeline, with its way back to the pipeline. */
export interface Stage extends StageKey {
  readonly id: string;
  readonly pipeline: Pipeline;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly archivedAt: string | null;
  readonly meta: StageMeta;
  readonly outcome: StageOutcome;
  readonly writePermissions: StageWritePermissions | null;
  /** The fields that nobody here knows, as they came: a write of the whole stage sends them back. Absent if there are none. */
  readonly rest?: RawMeta | undefined;
}

/** What a source reads of a stage; the rest of {@link Stage} follows from it. */
export type StageFields = Omit<Stage, keyof PipelineKey | 'id' | 'pipeline' | 'outcome'>;

/** What a source reads of a pipeline; the rest of {@link Pipeline} follows from it. */
type PipelineFields = Omit<Pipeline, 'id' | 'organizationId' | 'stages' | 'unreadStages'> & {
  /** Null if left out. */
  readonly organizationId?: string | null;
  readonly stages: readonly StageFields[];
  /** None if left out. */
  readonly unreadStages?: readonly UnreadStage[];
};

/** Completes what a source read: ids, outcomes, order and the stages' way back. The result is frozen. */
export function toPipeline(fields: PipelineFields): Pipeline {
  const stages: Stage[] = [];
  const { organizationId = null, unreadStages = [] } = fields;
  const pipeline: Pipeline = { ...fields, organizationId, id: toPipelineGlobalId(fields), stages, unreadStages };
  const { sourceName, objectType, pipelineId } = fields;
  for (const stage of fields.stages) {
    const id = toStageGlobalId({ sourceName, objectType, pipelineId, stageId: stage.stageId });
    const outcome = toOutcome(stage.meta);
    stages.push(Object.freeze({ ...stage, id, sourceName, objectType, pipelineId, pipeline, outcome }));
  }
  stages.sort(byStageOrder);
  Object.freeze(stages);
  return Object.freeze(pipeline);
}

/** Orders pipelines as every list of them is ordered: by displayOrder, then label, then id. */
export const byPipelineOrder = byDisplayOrder<Pick<Pipeline, 'displayOrder' | 'label' | 'pipelineId'>>(
  (pipeline) => pipeline.pipelineId,
);

/** Orders the stages of a pipeline as {@link byPipelineOrder} orders pipelines. */
export const byStageOrder = byDisplayOrder<Pick<Stage, 'displayOrder' | 'label' | 'stageId'>>((stage) => stage.stageId);

/** Labels that differ in case or outer spaces only are the same to every upstream. */
export function toComparableLabel(label: string): string {
  return label.trim().toLowerCase();
}

/** The displayOrder of something that goes after all of them. */
export function orderAfterLast(items: readonly { readonly displayOrder: number }[]): number {
  return items.reduce((last, item) => Math.max(last, item.displayOrder), -1) + 1;
}

/** As in an English dictionary: apple, banana, Zebra. All of it is fixed here, so that every machine's locale sorts alike. */
const { compare: compareLabels } = new Intl.Collator('en', {
  usage: 'sort',
  sensitivity: 'variant',
  caseFirst: 'false',
  numeric: false,
  ignorePunctuation: false,
});

/** What follows in a label is compared by code units only: a dictionary's order of very long ones takes long. */
const maxCompared = 1_000;

/** Compares by UTF-16 code units, so that every replica sorts alike whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byDisplayOrder<T extends { readonly displayOrder: number; readonly label: string }>(
  idOf: (item: T) => string,
) {
  return (a: T, b: T): number =>
    a.displayOrder - b.displayOrder ||
    compareLabels(a.label.slice(0, maxCompared), b.label.slice(0, maxCompared)) ||
    compareText(a.label, b.label) ||
    compareText(idOf(a), idOf(b));
}
