import type { RawMeta, StageMeta } from '../../domain/pipeline.ts';
import type { TicketStageState } from '../../generated/enums.ts';
import type { MetaField, StageMetaDraft } from '../source.ts';

/** HubSpot's string-valued metadata, typed; what does not have its object type's form keeps only its `raw`. */
export function toStageMeta(metaField: MetaField | null, raw: RawMeta): StageMeta {
  if (metaField === 'probability') {
    const probability = readProbability(raw['probability']);
    if (probability !== null) {
      const isClosed = readBoolean(raw['isClosed']) ?? (probability === 0 || probability === 1);
      return { __typename: 'DealStageMeta', probability, isClosed, raw };
    }
  }
  if (metaField === 'ticketState') {
    const ticketState = readTicketState(raw);
    if (ticketState !== null) {
      const isClosed = readBoolean(raw['isClosed']) ?? ticketState === 'CLOSED';
      return { __typename: 'TicketStageMeta', ticketState, isClosed, raw };
    }
  }
  return { __typename: 'GenericStageMeta', state: metaField === 'state' ? readState(raw['state']) : null, raw };
}

/** The metadata to send for a stage: what it has, with the draft's fields over it; HubSpot computes `isClosed` itself. */
export function toHubSpotMeta(current: StageMeta | null, draft: StageMetaDraft | null): Record<string, unknown> {
  const { isClosed: _computed, ...kept } = current?.raw ?? {};
  const { probability, ...states } = draft ?? {};
  return { ...kept, ...states, ...(probability === undefined ? {} : { probability: toProbabilityText(probability) }) };
}

/** As HubSpot spells it: `"1.0"`, `"0.25"`. */
function toProbabilityText(probability: number): string {
  return Number.isInteger(probability) ? probability.toFixed(1) : String(probability);
}

/** The probability that a value says, as a number or as text; null where it says none. */
export function readProbability(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const probability = Number(value);
  return probability >= 0 && probability <= 1 ? probability : null;
}

/** A ticket stage without a state is open (observed); one with a state that is not known has none. */
function readTicketState(raw: RawMeta): TicketStageState | null {
  if (raw['ticketState'] !== undefined) return readState(raw['ticketState']);
  return readBoolean(raw['isClosed']) === true ? 'CLOSED' : 'OPEN';
}

function readState(value: unknown): TicketStageState | null {
  return value === 'OPEN' || value === 'CLOSED' ? value : null;
}

function readBoolean(value: unknown): boolean | null {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}
