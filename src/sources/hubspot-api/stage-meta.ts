import { printMetaValue, withoutComputed } from '../../domain/stage-meta-operations.ts';
import type { StageMeta, StageMetaDraft } from '../../domain/stage-meta.ts';

/** The metadata to send for a stage: what it has, with the draft's fields over it; HubSpot computes `isClosed` itself. */
export function toHubSpotMeta(current: StageMeta | null, draft: StageMetaDraft | null): Record<string, unknown> {
  const written = Object.entries(draft ?? {}).map(([field, value]) => [field, toMetaText(field, value)]);
  return { ...withoutComputed(current?.raw ?? {}), ...Object.fromEntries(written) };
}

/** HubSpot's metadata is text, numbers too: `"1.0"`, `"0.25"`. */
function toMetaText(field: string, value: string | number): string {
  return typeof value === 'number' ? printMetaValue(field, value) : value;
}
