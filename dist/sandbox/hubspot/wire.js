/** The pipeline as a read shows it: stages in no useful order (HubSpot, observed 2026-10). */
export function toWirePipeline(version, pipeline) {
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
export function toWireStage(version, stage) {
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
export function toWireTime(epochMs) {
  return epochMs === 0 ? '1970-01-01T00:00:00Z' : new Date(epochMs).toISOString();
}
/**
 * The same things in an order that is never displayOrder's and always the same: those at odd places first, then those at
 * even places from the end. HubSpot sorts neither pipelines nor stages, and a client must notice.
 */
export function shuffled(things) {
  const sorted = things.toSorted((a, b) => a.displayOrder - b.displayOrder || (a.id < b.id ? -1 : 1));
  const odd = sorted.filter((_, place) => place % 2 === 1);
  const even = sorted.filter((_, place) => place % 2 === 0);
  return [...odd, ...even.toReversed()];
}
