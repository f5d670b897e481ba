import type { ApiVersion } from './api-versions.ts';
import type { StoredPipeline, StoredStage } from './model.ts';

/** A stage as the API answers it. */
export interface WireStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: false;
  readonly writePermissions?: 'CRM_PERMISSIONS_ENFORCEMENT';
}

/** A pipeline as the API answers it. */
export interface WirePipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly WireStage[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: false;
}

/** The pipeline as a read shows it: stages in no useful order (HubSpot, observed 2026-10). */
export function toWirePipeline(version: ApiVersion, pipeline: StoredPipeline): WirePipeline {
  return {
    id: pipeline.id,
    label: pipeline.label,
    displayOrder: pipeline.displayOrder,
    stages: shuffled(pipeline.stages).map((stage) => toWireStage(version, stage)),
    createdAt: toWireTime(pipeline.createdAt),
    updatedAt: toWireTime(pipeline.updatedAt),
    archived: false,
  };
}

/** The stage as a read shows it. v3's printed examples leave writePermissions out; from the date versions on it is required. */
export function toWireStage(version: ApiVersion, stage: StoredStage): WireStage {
  return {
    id: stage.id,
    label: stage.label,
    displayOrder: stage.displayOrder,
    metadata: stage.metadata,
    createdAt: toWireTime(stage.createdAt),
    updatedAt: toWireTime(stage.updatedAt),
    archived: false,
    ...(version.writePermissions ? { writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT' } : {}),
  };
}

/** ISO 8601; the epoch, which stands for "never", comes without milliseconds as in HubSpot's recorded answers. */
export function toWireTime(epochMs: number): string {
  return epochMs === 0 ? '1970-01-01T00:00:00Z' : new Date(epochMs).toISOString();
}

/**
 * The same items in an order that is always the same and never displayOrder's: HubSpot sorts neither pipelines nor
 * stages, and a client must notice. Those at odd indexes come first, then those at even indexes from the end.
 */
export function shuffled<T extends { readonly displayOrder: number; readonly id: string }>(items: readonly T[]): T[] {
  const sorted = items.toSorted((a, b) => a.displayOrder - b.displayOrder || (a.id < b.id ? -1 : 1));
  const odd = sorted.filter((_, index) => index % 2 === 1);
  const even = sorted.filter((_, index) => index % 2 === 0);
  return [...odd, ...even.toReversed()];
}
