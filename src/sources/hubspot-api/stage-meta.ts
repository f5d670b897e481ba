import { printMetaValue, withoutComputed } from '../../domain/stage-meta-operations.ts';
import type { StageMeta } from '../../domain/stage-meta.ts';
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

/** HubSpot's metadata is text, numbers too: `"1.0"`, `"0.25"`. */
function toMetaText(field: string, value: string | number): string {
  return typeof value === 'number' ? printMetaValue(field, value) : value;
}
