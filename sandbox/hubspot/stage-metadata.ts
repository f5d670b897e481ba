import { refuse } from './api-error.ts';
import type { SentMetadata } from './input.ts';
import type { MetadataKey, ObjectType } from './object-types.ts';

type Stored = Readonly<Record<string, string>>;

const states = new Set(['OPEN', 'CLOSED']);

const readers: Readonly<Record<MetadataKey, (sent: string | null | undefined, type: ObjectType) => Stored>> = {
  // Observed 2026-10: isClosed follows the probability alone, whatever was sent.
  probability(sent) {
    const probability = readProbability(sent);
    return { isClosed: String(probability === 0 || probability === 1), probability: canonical(probability) };
  },
  ticketState: (sent, type) => readState('ticketState', sent, type),
  state: (sent, type) => readState('state', sent, type),
};

/**
 * What HubSpot keeps of a stage's metadata: the object type's key in canonical form, and isClosed, which follows from it.
 * What is not sent stays as it is stored. A value that is none is a 400 (HubSpot, observed 2026-10).
 */
export function readMetadata(type: ObjectType, sent: SentMetadata, stored: Stored = {}): Stored {
  const key = type.metadataKey;
  const isLeftAlone = sent[key] === undefined && stored[key] !== undefined;
  const known = isLeftAlone ? {} : readers[key](sent[key], type);
  return { ...stored, ...known, ...otherKeys(type, sent) };
}

/** Whether records in such a stage count as done. */
export function isClosed(metadata: Stored): boolean {
  return metadata['isClosed'] === 'true';
}

// Unknown keys are dropped without a word (HubSpot, observed 2026-10), unless the object type has keys of its own.
function otherKeys(type: ObjectType, sent: SentMetadata): Stored {
  if (type.unknownKeys === 'dropped') return {};
  const others = Object.entries(sent).filter(([key]) => key !== type.metadataKey && key !== 'isClosed');
  return Object.fromEntries(others.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
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

function readState(key: MetadataKey, sent: string | null | undefined, type: ObjectType): Stored {
  const state = sent ?? 'OPEN';
  if (states.has(state)) return { isClosed: String(state === 'CLOSED'), [key]: state };
  return refuse(400, {
    message: `Failed to deserialize metadata for object type ${type.internalName}`,
    subCategory: 'PipelineError.INVALID_PIPELINE_STAGE_METADATA',
  });
}
