import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { PipelineKey } from '../domain/ids.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineSnapshot } from '../domain/snapshot.ts';
import type { Call } from '../sources/source.ts';
import type { Target } from './target.ts';

/** A payload while its mutation fills it. */
export type Draft<Payload> = { -readonly [Field in keyof Payload]: Payload[Field] };

/** What the payload of every write has. */
export interface WriteOutcome {
  /** The pipeline before the write, from which `restorePipeline` brings it back; null if there was none. */
  readonly before: PipelineSnapshot | null;
  /** The pipeline as a read shows it after the write. */
  readonly pipeline: Pipeline | null;
  /** What the write changed; nothing if nothing was sent. */
  readonly changes: readonly PipelineChange[];
  /** What others changed between the read and the write, and the write undid. */
  readonly overwrote: readonly PipelineChange[];
  /** Whether the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: boolean;
}

/** What the later steps of a mutation work with. */
export interface Step<Located> {
  readonly context: Context;
  readonly target: Located;
  /** Where the write goes. */
  readonly collection: Collection;
  /** For the reads round the write, which share nothing and are served from nothing kept. */
  readonly call: Call;
  /** The payload's fields that the caller selected. */
  readonly selected: ReadonlySet<string>;
}

/** What is to be sent, and what is wrong with it in the light of the present state. */
export interface Prepared<Plan> {
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

/** What a write was made of. */
interface Sent<Input, Located, Plan> {
  readonly plan: Plan;
  readonly input: Input;
  readonly target: Located;
}

/** Whatever a mutation can be about. */
export type AnyTarget = Target<Pipeline | Stage | null>;

/** The present state of a target: a pipeline, a stage, or null for what is new. */
export type CurrentOf<Located> = Located extends Target<infer Current> ? Current : never;

/** What a write was to do, and what it gave: nothing yet before it. */
export interface Asked<Plan, Written, Current> {
  readonly plan: Plan;
  readonly current: Current;
  readonly written: Written | null;
  readonly collection: Collection;
}

/** What a write came to. */
export interface Shown<Plan, Current> {
  readonly plan: Plan;
  readonly current: Current;
  readonly after: Pipeline | null;
}

/**
 * What is a mutation's own. The skeleton takes its steps in one order: locate, check, read, check again, write, read back and
 * compare with what was asked. Each may reject with a PipelineFault, which becomes the payload's errors.
 */
export interface Mutation<Input, Located extends AnyTarget, Plan, Written, Payload extends object> {
  /** The fields that the payload has beside those of every write, of a mutation that did nothing. */
  readonly empty: Payload;
  /** Finds what the input is about, without asking an upstream. */
  readonly locate: (input: Input, context: Context) => Located;
  /** Every problem that shows without asking an upstream. */
  readonly check?: (input: Input, target: Located) => readonly Problem[];
  /** Whether something is made of all that the pipeline has, so that what cannot be read would be lost. */
  readonly needsWhole?: true;
  /** What is to be sent, given the present state. */
  readonly prepare: (
    input: Input,
    current: CurrentOf<Located>,
    step: Step<Located>,
  ) => Prepared<Plan> | Promise<Prepared<Plan>>;
  /** Notes in the payload what stays true whatever becomes of the write. */
  readonly note?: (payload: Draft<Payload>, current: CurrentOf<Located>, sent: Sent<Input, Located, Plan>) => void;
  /** Whether the write is several requests, which may stop half way: the payload then shows how the pipeline reads. */
  readonly hasSteps?: true;
  /** Whether a write that no read shows did not happen, whatever the upstream answered: true of a deletion. */
  readonly neverSettles?: true;
  /** Sends the write. Its call tells the write when it must look again before it is sent again. */
  readonly write: (plan: Plan, current: CurrentOf<Located>, step: Step<Located>) => Promise<Written>;
  /** The key of the pipeline that the write made or changed; absent if it is always the target's. */
  readonly made?: (written: Written, step: Step<Located>) => PipelineKey;
  /** Whether a pipeline, null if it is gone, is as the write was to make it. */
  readonly isAsAsked: (after: Pipeline | null, asked: Asked<Plan, Written, CurrentOf<Located>>) => boolean;
  /** What the write would have given, if only a read tells that it happened; null if none can tell. */
  readonly recover: (plan: Plan, step: Step<Located>) => Written | null | Promise<Written | null>;
  /** Fills the payload's own fields after the write. */
  readonly show?: (
    payload: Draft<Payload & WriteOutcome>,
    written: Written,
    shown: Shown<Plan, CurrentOf<Located>>,
    step: Step<Located>,
  ) => void | Promise<void>;
}
