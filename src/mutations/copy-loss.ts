import { isDeepStrictEqual } from 'node:util';
import type { Collection } from '../context/collections.ts';
import { toFieldChange, toRemoval } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { toOtherKeys, toOutcome, translateMeta, writeOver } from '../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { ObjectType, StageDraft } from '../sources/source.ts';
import { toActive } from './stage-place.ts';

/** What a copy lacks of one stage, or of the pipeline itself. */
export interface Loss {
  /** The stage's place in the list; null for the pipeline. */
  readonly place: number | null;
  readonly change: PipelineChange;
  /** Whether a record in the stage means something else in the copy. */
  readonly changesMeaning: boolean;
}

/** The object types that a pipeline is copied from and to. */
interface Route {
  readonly from: ObjectType;
  readonly to: ObjectType;
}

/** What a copy lacks whose stages are made from these drafts, one for each stage of the original, in order. */
export function toLosses(
  original: Pipeline,
  drafts: readonly StageDraft[],
  from: ObjectType,
  { source: { inputRules }, objectType: to }: Collection,
): readonly Loss[] {
  const { pipelineFields } = inputRules;
  const { description, isDefault } = original;
  const losing = toLosing(null, null, 'Pipeline');
  return [
    ...(pipelineFields.description ? [] : losing('description', description || null, null)),
    // A copy never takes the place of the default pipeline.
    ...(isDefault === true ? losing('isDefault', true, pipelineFields.isDefault ? false : null) : []),
    ...original.stages.flatMap((stage, place) => {
      const draft = drafts[place];
      return draft === undefined ? [] : toStageLosses(stage, draft, place, { from, to });
    }),
  ];
}

/** The stages that a copy is made of: the live ones, or all if the pipeline itself is archived. */
export function toCopiedStages(original: Pipeline): readonly Stage[] {
  return original.archived ? original.stages : toActive(original);
}

/** What a copy lacks as it is not made of all stages. */
export function toLeftOut(original: Pipeline): readonly PipelineChange[] {
  const copied = toCopiedStages(original);
  return original.stages.filter((stage) => !copied.includes(stage)).map(toRemoval);
}

function toStageLosses(stage: Stage, draft: StageDraft, place: number, { from, to }: Route): readonly Loss[] {
  const { stageId, label, archived, writePermissions, meta } = stage;
  const losing = toLosing(place, stageId, `Stage "${label}"`);
  const { toOutcome: says, toValue } = stageMetaKinds[from.metaField];
  const value = toValue(meta) ?? meta.raw[from.metaField] ?? null;
  const sameField = from.metaField === to.metaField ? (draft.meta?.[to.metaField] ?? null) : null;
  const isCarried = translateMeta(meta, to.metaField) !== null;
  return [
    ...(isCarried ? [] : losing(`meta.${from.metaField}`, value, sameField, says !== null)),
    ...Object.entries(toOtherKeys(from.metaField, meta.raw)).flatMap(([key, before]) =>
      losing(`meta.${key}`, before, draft.rawMeta?.[key] ?? null),
    ),
    ...losing('outcome', stage.outcome, toOutcome(writeOver(null, draft.meta, to.metaField)), true),
    ...losing('archived', archived, false),
    ...(writePermissions === 'CRM_PERMISSIONS_ENFORCEMENT' ? [] : losing('writePermissions', writePermissions, null)),
  ];
}

/** Names what differs: nothing if it is the same, or if there was nothing. */
function toLosing(place: number | null, stageId: string | null, subject: string) {
  return (field: string, before: unknown, after: unknown, changesMeaning = false): readonly Loss[] =>
    before === null || isDeepStrictEqual(before, after)
      ? []
      : [{ place, change: toFieldChange(stageId, subject, field, before, after), changesMeaning }];
}
