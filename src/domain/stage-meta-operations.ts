import { z } from 'zod';
import type { StageOutcome } from '../generated/enums.ts';
import { printJson, stageMetaKinds, toUntyped } from './stage-meta.ts';
import type {
  MetaField,
  MetaValues,
  RawMeta,
  StageMeta,
  StageMetaDraft,
  StageMetaGiven,
  StageMetaKind,
} from './stage-meta.ts';

const fieldsByType: Readonly<Record<StageMeta['__typename'], MetaField>> = {
  DealStageMeta: 'probability',
  TicketStageMeta: 'ticketState',
  GenericStageMeta: 'state',
  OrganizationStageMeta: 'color',
};

/** An upstream's metadata, typed; what does not have its object type's form keeps only its `raw`. */
export function toStageMeta(field: MetaField, raw: RawMeta): StageMeta {
  return toMeta(field, stageMetaKinds[field].read(raw), raw);
}

/** The outcome of a stage with such metadata; UNKNOWN if it does not say. */
export function toOutcome(meta: StageMeta): StageOutcome {
  const field = fieldsByType[meta.__typename];
  return toValueOutcome(field, stageMetaKinds[field].toValue(meta)) ?? 'UNKNOWN';
}

/** The outcome that given metadata asks for; null if it asks for none. */
export function toGivenOutcome(field: MetaField, given: StageMetaGiven | null | undefined): StageOutcome | null {
  return toValueOutcome(field, given?.[field] ?? null);
}

/** The fields of metadata that are compared, by their names in the SDL. */
export function toMetaFields(meta: StageMeta): Readonly<Record<string, unknown>> {
  if (isUntyped(meta)) return withoutComputed(meta.raw);
  const field = fieldsByType[meta.__typename];
  return { [field]: stageMetaKinds[field].toValue(meta) };
}

/** The draft that writes the same metadata anew; null if there is no value that can be written. */
export function toStageMetaDraft(meta: StageMeta): StageMetaDraft | null {
  return translateMeta(meta, fieldsByType[meta.__typename]);
}

/** The draft that means the same in the kind `target`; null if none does. */
export function translateMeta(meta: StageMeta, target: MetaField): StageMetaDraft | null {
  const { sameIn, toValue } = stageMetaKinds[fieldsByType[meta.__typename]];
  const value = toValue(meta);
  return value === null || !sameIn.includes(target) ? null : { [target]: value };
}

/** The metadata that a stage has once `draft` is written over what it has now: null for a new stage. */
export function writeOver(current: StageMeta | null, draft: StageMetaDraft | null, field: MetaField): StageMeta {
  const value = draft?.[field];
  if (value === undefined) return current ?? toUntyped({ ...draft });
  return toMeta(field, value, { ...withoutComputed(current?.raw ?? {}), ...draft });
}

/** A value of the field `name` in the summary of a change. */
export function printMetaValue(name: string, value: unknown): string {
  return isMetaField(name) ? stageMetaKinds[name].print(value) : printJson(value);
}

/** Metadata without what upstreams compute themselves. */
export function withoutComputed({ isClosed: _computed, ...fields }: RawMeta): RawMeta {
  return fields;
}

/** The keys of metadata beside the one that is written and what upstreams compute themselves. */
export function toOtherKeys(field: MetaField, raw: RawMeta): RawMeta {
  const { [field]: _written, ...others } = withoutComputed(raw);
  return others;
}

/** The form of typed metadata in the first documents of snapshots. */
export const documentedMeta: z.ZodType<StageMetaGiven> = z.strictObject(
  Object.fromEntries(Object.entries(stageMetaKinds).map(([field, { documented }]) => [field, documented])),
);

function toMeta<Field extends MetaField>(field: Field, value: MetaValues[Field] | null, raw: RawMeta): StageMeta {
  const kind: StageMetaKind<MetaValues[Field]> = stageMetaKinds[field];
  return kind.toMeta(value, raw);
}

function toValueOutcome<Field extends MetaField>(field: Field, value: MetaValues[Field] | null): StageOutcome | null {
  const kind: StageMetaKind<MetaValues[Field]> = stageMetaKinds[field];
  return value === null ? null : (kind.toOutcome?.(value) ?? null);
}

function isMetaField(name: string): name is MetaField {
  return Object.hasOwn(stageMetaKinds, name);
}

function isUntyped(meta: StageMeta): boolean {
  return meta.__typename === 'GenericStageMeta' && meta.state === null;
}
