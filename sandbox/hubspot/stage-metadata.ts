import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';
import type { SentMetadata } from './input.ts';
import type { MetadataKind, ObjectType } from './object-types.ts';

type Stored = Readonly<Record<string, string>>;

const states = new Set(['OPEN', 'CLOSED']);

const readers: Readonly<Record<MetadataKind, (sent: SentMetadata, type: ObjectType) => Stored>> = {
  probability: (sent) => {
    const probability = readProbability(sent['probability']);
    // Observed 2026-10: isClosed follows the probability alone, whatever was sent.
    return { isClosed: String(probability === 0 || probability === 1), probability: canonical(probability) };
  },
  ticketState: (sent, type) => readState('ticketState', sent, type),
  state: (sent, type) => readState('state', sent, type),
  none: () => assumptions.otherObjectsMetadata,
};

/**
 * What HubSpot keeps of a stage's metadata: known keys in canonical form. Unknown keys are dropped without a word, and a
 * value that is none is a 400 (HubSpot, observed 2026-10).
 */
export function readMetadata(type: ObjectType, sent: SentMetadata): Stored {
  return readers[type.metadata](sent, type);
}

/** Whether records in such a stage count as done. */
export function isClosed(metadata: Stored): boolean {
  return metadata['isClosed'] === 'true';
}

function readProbability(sent: string | null | undefined): number {
  if (sent === null || sent === undefined) {
    return refuse(400, { message: 'must specify probability when writing a dealstage', category: null });
  }
  const probability = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(sent.trim()) ? Number(sent) : Number.NaN;
  if (probability >= 0 && probability <= 1) return probability;
  const message = 'dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)';
  return refuse(400, { message, category: null });
}

function canonical(probability: number): string {
  return Number.isInteger(probability) ? probability.toFixed(1) : String(probability);
}

function readState(key: string, sent: SentMetadata, type: ObjectType): Stored {
  const state = sent[key] ?? 'OPEN';
  if (states.has(state)) return { isClosed: String(state === 'CLOSED'), [key]: state };
  return refuse(400, {
    message: `Failed to deserialize metadata for object type ${type.internalName}`,
    subCategory: 'PipelineError.INVALID_PIPELINE_STAGE_METADATA',
  });
}
