import type { ApiVersion } from './api-versions.ts';
import type { SentMetadata } from './input.ts';
import type { StoredPipeline, StoredStage } from './model.ts';
import { toWirePipeline, toWireStage } from './wire.ts';
import type { WirePipeline, WireStage } from './wire.ts';

interface SentStage {
  readonly label?: string | undefined;
  readonly displayOrder?: number | undefined;
  readonly metadata: SentMetadata;
}

/**
 * What a write of one stage answers: the request merged over the row as it was stored before (HubSpot, observed 2026-10).
 * So a probability is spelled as it was sent, dropped keys show, and isClosed is old; only a read tells.
 */
export function toStageWriteAnswer(
  version: ApiVersion,
  stored: StoredStage,
  sent: SentStage,
  before?: StoredStage,
): WireStage {
  const shown = Object.entries(sent.metadata).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
  return {
    ...toWireStage(version, stored),
    label: sent.label ?? stored.label,
    displayOrder: sent.displayOrder ?? stored.displayOrder,
    metadata: { ...before?.metadata, ...Object.fromEntries(shown) },
  };
}

/** What a write of a whole pipeline answers: its stages in the request's sequence, each merged with what was sent. */
export function toPipelineWriteAnswer(
  version: ApiVersion,
  stored: StoredPipeline,
  sent: readonly SentStage[],
  before?: StoredPipeline,
): WirePipeline {
  const stages = stored.stages.map((stage, index) => {
    const previous = before?.stages.find((each) => each.id === stage.id);
    return toStageWriteAnswer(version, stage, sent[index] ?? { metadata: {} }, previous);
  });
  return { ...toWirePipeline(version, stored), stages };
}
