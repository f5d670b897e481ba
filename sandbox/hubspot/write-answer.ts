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
 * What a write of one stage answers: the request laid over the stored row as it was before. So a probability is spelled
 * as it was sent, keys show that were dropped, and isClosed is old (HubSpot, observed 2026-10); only a read tells.
 */
export function echoStage(version: ApiVersion, stored: StoredStage, sent: SentStage, before?: StoredStage): WireStage {
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

/** What a write of a whole pipeline answers: its stages in the request's sequence, each echoed. */
export function echoPipeline(
  version: ApiVersion,
  stored: StoredPipeline,
  sent: readonly SentStage[],
  before?: StoredPipeline,
): WirePipeline {
  const stages = stored.stages.map((stage, place) => {
    const previous = before?.stages.find((each) => each.id === stage.id);
    return echoStage(version, stage, sent[place] ?? { metadata: {} }, previous);
  });
  return { ...toWirePipeline(version, stored), stages };
}
