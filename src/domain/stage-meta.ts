import { z } from 'zod';
import type { StageOutcome, TicketStageState } from '../generated/enums.ts';

/** A stage's metadata. `raw` is what the upstream sent, to the letter. */
export type StageMeta = DealStageMeta | TicketStageMeta | OrganizationStageMeta | GenericStageMeta;

/** Metadata of the kind `probability`. */
export interface DealStageMeta {
  readonly __typename: 'DealStageMeta';
  readonly probability: number;
  readonly isClosed: boolean;
  readonly raw: RawMeta;
}

/** Metadata of the kind `ticketState`. */
export interface TicketStageMeta {
  readonly __typename: 'TicketStageMeta';
  readonly ticketState: TicketStageState;
  readonly isClosed: boolean;
  readonly raw: RawMeta;
}

/** Metadata of the kind `color`. */
export interface OrganizationStageMeta {
  readonly __typename: 'OrganizationStageMeta';
  readonly color: string | null;
  readonly raw: RawMeta;
}

/** Metadata of the kind `state`, and all that does not have the form of its object type's kind: then `state` is null. */
export interface GenericStageMeta {
  readonly __typename: 'GenericStageMeta';
  readonly state: TicketStageState | null;
  readonly raw: RawMeta;
}

/** Metadata in the upstream's own words and spelling. */
export type RawMeta = Readonly<Record<string, unknown>>;

/** What the field of each kind holds. */
export interface MetaValues {
  readonly probability: number;
  readonly ticketState: TicketStageState;
  readonly state: TicketStageState;
  readonly color: string;
}

/** The one field of a stage's metadata that can be written, which names its kind. */
export type MetaField = keyof MetaValues;

/** Metadata to write. */
export type StageMetaDraft = Partial<MetaValues>;

/** Metadata as a client gives it: null counts as absent. */
export type StageMetaGiven = { readonly [Field in MetaField]?: MetaValues[Field] | null | undefined };

/** What there is to know of one kind of metadata. */
export interface StageMetaKind<Value> {
  /** The value that an upstream's metadata says; null if it says none that is known. */
  readonly read: (raw: RawMeta) => Value | null;
  /** Typed metadata with a value, or with null for one that is not known. */
  readonly toMeta: (value: Value | null, raw: RawMeta) => StageMeta;
  /** The value of typed metadata; null if it has none or is of another kind. */
  readonly toValue: (meta: StageMeta) => Value | null;
  /** What a record in such a stage means; null if this kind says nothing about records. */
  readonly toOutcome: ((value: Value) => StageOutcome) | null;
  /** What is wrong with a value that a client gives; null if nothing is. */
  readonly toFault: (value: string | number) => string | null;
  /** The bounds of a value that is a number; null for other kinds. */
  readonly range: { readonly least: number; readonly greatest: number } | null;
  /** The values that there are; null if there are more than a few. */
  readonly values: readonly Value[] | null;
  /** A value in the summary of a change. */
  readonly print: (value: unknown) => string;
  /** The kinds in which the same value means the same. */
  readonly sameIn: readonly MetaField[];
  /** The outcomes that every pipeline should have, each with what to remark of one that lacks it. */
  readonly expected: Readonly<Partial<Record<StageOutcome, string>>>;
  /** The outcome that no write may take from a pipeline, and what to say to one that would. */
  readonly required: { readonly outcome: StageOutcome; readonly message: string } | null;
  /** The value's form in a snapshot's document. */
  readonly documented: z.ZodType<Value | null | undefined>;
}

const stateValues = z.enum(['OPEN', 'CLOSED']).optional();
const same = <Value>(value: Value): Value => value;
const noFault = (): null => null;
/** A value in the summary of a change, unless its kind says otherwise. */
export const printJson = (value: unknown): string => JSON.stringify(value);

/** Everything that the kinds of metadata differ in, a row for each: no other file of a general room names a kind. */
export const stageMetaKinds: { readonly [Field in MetaField]: StageMetaKind<MetaValues[Field]> } = {
  probability: {
    read: ({ probability }) => readProbability(probability),
    toMeta(probability, raw) {
      if (probability === null) return toUntyped(raw);
      return { __typename: 'DealStageMeta', probability, isClosed: readIsClosed(raw, toDealOutcome(probability)), raw };
    },
    toValue: (meta) => (meta.__typename === 'DealStageMeta' ? meta.probability : null),
    toOutcome: toDealOutcome,
    toFault: (value) =>
      Number(value) >= 0 && Number(value) <= 1 ? null : `A probability must be between 0 and 1, not ${value}.`,
    range: { least: 0, greatest: 1 },
    values: null,
    // As it is written upstream: 1.0, not 1.
    print: (value) => (typeof value === 'number' && Number.isInteger(value) ? value.toFixed(1) : printJson(value)),
    sameIn: ['probability'],
    expected: { WON: 'No stage means that a deal is won.', LOST: 'No stage means that a deal is lost.' },
    required: null,
    documented: z.number().optional(),
  },
  ticketState: {
    // A stage without a state is open (observed); one with a state that is not known has none.
    read({ ticketState, isClosed }) {
      if (ticketState !== undefined) return readState(ticketState);
      return readBoolean(isClosed) === true ? 'CLOSED' : 'OPEN';
    },
    toMeta(ticketState, raw) {
      if (ticketState === null) return toUntyped(raw);
      return { __typename: 'TicketStageMeta', ticketState, isClosed: readIsClosed(raw, ticketState), raw };
    },
    toValue: (meta) => (meta.__typename === 'TicketStageMeta' ? meta.ticketState : null),
    toOutcome: same,
    toFault: noFault,
    range: null,
    values: ['OPEN', 'CLOSED'],
    print: printJson,
    sameIn: ['ticketState', 'state'],
    expected: { CLOSED: 'No stage means that a ticket is closed.' },
    required: {
      outcome: 'CLOSED',
      message: 'A tickets pipeline needs at least one stage with the state CLOSED.',
    },
    documented: stateValues,
  },
  state: {
    read: ({ state }) => readState(state),
    toMeta: (state, raw) => ({ __typename: 'GenericStageMeta', state, raw }),
    toValue: (meta) => (meta.__typename === 'GenericStageMeta' ? meta.state : null),
    toOutcome: same,
    toFault: noFault,
    range: null,
    values: ['OPEN', 'CLOSED'],
    print: printJson,
    sameIn: ['state', 'ticketState'],
    expected: {},
    required: null,
    documented: stateValues,
  },
  color: {
    read: ({ color }) => (typeof color === 'string' ? color : null),
    toMeta: (color, raw) => ({ __typename: 'OrganizationStageMeta', color, raw }),
    toValue: (meta) => (meta.__typename === 'OrganizationStageMeta' ? meta.color : null),
    toOutcome: null,
    toFault: (value) => (/^#[\da-f]{6}$/i.test(String(value)) ? null : 'A color must have the form #RRGGBB.'),
    range: null,
    values: null,
    print: printJson,
    sameIn: ['color'],
    expected: {},
    required: null,
    documented: z.string().nullable().optional(),
  },
};

/** Metadata that does not have its object type's form. */
export function toUntyped(raw: RawMeta): GenericStageMeta {
  return { __typename: 'GenericStageMeta', state: null, raw };
}

/** The SDL's promise: WON at 1.0, LOST at 0.0. */
function toDealOutcome(probability: number): StageOutcome {
  if (probability === 1) return 'WON';
  return probability === 0 ? 'LOST' : 'OPEN';
}

/** A number, or text that is one, as upstreams send both. */
function readProbability(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const probability = Number(value);
  return probability >= 0 && probability <= 1 ? probability : null;
}

function readState(value: unknown): TicketStageState | null {
  return value === 'OPEN' || value === 'CLOSED' ? value : null;
}

/** What the upstream says, else what the outcome means. */
function readIsClosed({ isClosed }: RawMeta, outcome: StageOutcome): boolean {
  return readBoolean(isClosed) ?? ['WON', 'LOST', 'CLOSED'].includes(outcome);
}

function readBoolean(value: unknown): boolean | null {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}
