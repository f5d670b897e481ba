import { printMetaValue, withoutComputed } from '../../domain/stage-meta-operations.ts';
import { stageMetaKinds } from '../../domain/stage-meta.ts';
import type { MetaField, StageMeta } from '../../domain/stage-meta.ts';
import type { StageDraft } from '../source.ts';

/**
 * The metadata to send for a stage: the draft's fields over what it has. HubSpot computes `isClosed` itself, so it is left
 * out, but raw metadata is sent to the letter.
 */
export function toHubSpotMeta(
  current: StageMeta | null,
  { meta, rawMeta }: Pick<StageDraft, 'meta' | 'rawMeta'>,
): Record<string, unknown> {
  const written = Object.entries(meta ?? {}).map(([field, value]) => [field, toMetaText(field, value)]);
  return { ...(rawMeta ?? withoutComputed(current?.raw ?? {})), ...Object.fromEntries(written) };
}

/**
 * The metadata to send for a stage whose other keys stay: only what changes. HubSpot merges (observed), so that what is not
 * sent is left to whoever else writes it.
 */
export function toChangedHubSpotMeta(
  current: StageMeta,
  { meta, rawMeta }: Pick<StageDraft, 'meta' | 'rawMeta'>,
): Record<string, unknown> {
  if (rawMeta !== undefined) return toHubSpotMeta(current, { meta, rawMeta });
  const changes = Object.entries(meta ?? {}).filter(
    ([field, value]) => stageMetaKinds[field as MetaField].read(current.raw) !== value,
  );
  return toHubSpotMeta(null, { meta: Object.fromEntries(changes) });
}

/** HubSpot's metadata is text, numbers too: `"1.0"`, `"0.25"`. */
function toMetaText(field: string, value: string | number): string {
  return typeof value === 'number' ? printMetaValue(field, value) : value;
}
