import type { AuditEntryFields } from '../domain/audit.ts';
import type { PipelineKey, StageKey } from '../domain/ids.ts';
import type { StaleRead } from '../domain/page.ts';
import type { PipelineList } from '../domain/pipeline-list.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { PipelineFault } from '../domain/problems.ts';
import type { MetaField, RawMeta, StageMetaDraft } from '../domain/stage-meta.ts';
import type { PipelineCapability, PipelineSourceKind, StageOutcome } from '../generated/enums.ts';
import type { InputRules } from './input-rules.ts';
import type { UpstreamObserver } from './observer.ts';
import type { SharedRead } from './shared-read.ts';
import type { SnapshotRead } from './snapshot-read.ts';
import type { RateLimit, SourcePressure, SourceStatus } from './source-status.ts';
import type { UpstreamTraits } from './traits.ts';
import type { Archived, Replaced } from './write-results.ts';

/** One upstream account, connected: what a kind of source promises, and turns for those who write. */
export interface PipelineSource extends UpstreamSource {
  /**
   * Does `work`, which reads and writes one pipeline or makes one, when no other such work goes on. That holds in this process,
   * and in the fleet if replicas share a Redis. Rejects with UPSTREAM_TIMEOUT if the call ends before.
   */
  inTurn<T>(place: WritePlace, call: Call, work: () => Promise<T>): Promise<T>;
  /**
   * Whether a read would bring now what it brought then, without asking; `exactly`: it must not have been made anew since either.
   * Absent if nothing is kept.
   */
  readonly isCurrent?: (read: SnapshotRead, exactly: boolean) => boolean;
}

/** What one write at a time is made of; the id is null for new pipelines. */
interface WritePlace {
  readonly objectType: string;
  readonly pipelineId: string | null;
}

/**
 * One upstream account, in domain words: what every kind of source promises. Lives as long as the process.
 * Every method rejects with a PipelineFault and nothing else. Those about pipelines are given the object type, one of
 * `objectTypes`. Those that write are called with checked input only.
 */
export interface UpstreamSource {
  readonly name: string;
  readonly kind: PipelineSourceKind;
  readonly apiVersion: string;
  readonly sunsetAt: string | null;
  /** In the order configured. */
  readonly objectTypes: readonly ObjectType[];
  readonly capabilities: readonly PipelineCapability[];
  readonly credential: CredentialMode;
  readonly inputRules: InputRules;
  readonly traits: UpstreamTraits;

  /** Every pipeline of an object type that can be reached without its id; one upstream call where LIST_PIPELINES is a capability. */
  listPipelines(objectType: ObjectType, options: ListOptions, call: Call): Promise<PipelineList>;
  /** One pipeline, null where there is none. */
  readPipeline(objectType: ObjectType, key: PipelineKey, call: Call): Promise<Pipeline | null>;
  /** The history of a pipeline or a stage, null where there is no such object; undefined where the upstream gives none. */
  readonly readAudit?: (
    objectType: ObjectType,
    key: PipelineKey | StageKey,
    call: Call,
  ) => Promise<readonly AuditEntryFields[] | null>;

  /** Creates a pipeline and gives its id. */
  createPipeline(objectType: ObjectType, draft: NewPipeline, call: Call): Promise<{ readonly pipelineId: string }>;
  /** Makes the pipeline what `draft` says: stages that it does not name are removed. */
  replacePipeline(
    objectType: ObjectType,
    current: Pipeline,
    draft: PipelineDraft,
    options: WriteOptions,
    call: Call,
  ): Promise<Replaced>;
  /** Changes the fields that are not null. */
  patchPipeline(objectType: ObjectType, current: Pipeline, patch: PipelinePatch, call: Call): Promise<Replaced>;
  /** Archives the pipeline, or deletes it where the upstream has nothing gentler. */
  archivePipeline(
    objectType: ObjectType,
    current: Pipeline,
    options: ArchiveOptions<PipelineKey>,
    call: Call,
  ): Promise<Archived>;
  /** Adds a stage at the place that its displayOrder says; its id is null where the upstream does not tell it. */
  createStage(
    objectType: ObjectType,
    current: Pipeline,
    draft: StageDraft,
    call: Call,
  ): Promise<Replaced & { readonly stageId: string | null }>;
  /** Makes the stage what `draft` says; metadata that it leaves out stays. */
  replaceStage(objectType: ObjectType, current: Stage, draft: StageDraft, call: Call): Promise<Replaced>;
  /** Changes the fields that are not null; metadata is merged. */
  patchStage(objectType: ObjectType, current: Stage, patch: StagePatch, call: Call): Promise<Replaced>;
  /** Puts the stages in the order of `stageIds`, which names each of them once; a success is that order and no other. */
  reorderStages(objectType: ObjectType, current: Pipeline, stageIds: readonly string[], call: Call): Promise<Replaced>;
  archiveStage(
    objectType: ObjectType,
    stage: Stage,
    options: ArchiveOptions<StageKey>,
    call: Call,
  ): Promise<Archived & Replaced>;

  /** How the upstream does, and what is left of the rate limits of a credential; null where the caller has none. */
  status(credential: Credential | null): Promise<SourceStatus>;
  /** Each rate limit as the credential knows it that has the fewest left of it, among those used last. */
  scarcestRateLimits(): Promise<readonly RateLimit[]>;
  /** How all callers together fare at the upstream. */
  readonly pressure: () => SourcePressure;
  /** From now on no read joins those in flight, because a write elsewhere may have made them old. */
  forgetReads(): void;
  /** Closes the source's sockets. */
  close(): Promise<void>;
}

/** Every connected source, in configured order. */
export type Sources = readonly PipelineSource[];

/** What one operation calls a source with. */
export interface Call {
  readonly credential: Credential;
  /** Fires at the operation's deadline, or when its client hangs up and no write of it has left. */
  readonly signal: AbortSignal;
  /** Told when a write begins to leave. */
  readonly noteWriteLeft: () => void;
  /**
   * Awaited right before a write leaves that the upstream told to wait, or whose turn took long. It hears how often the write was
   * sent already, and rejects if it is no longer right to send it.
   */
  readonly beforeResend?: ((sends: number) => Promise<void>) | undefined;
  /** Told how often a request was sent in all, once it is answered or given up; PipelineFault.sends says it too. */
  readonly noteSends?: (sends: number) => void;
  /** Told why the call would fail if its time ended now, as it waits for its turn; null once it does not. */
  readonly noteWaiting?: (toFault: (() => PipelineFault) | null) => void;
  readonly timeLeftMs: () => number;
  readonly reading: Reading;
  /** Whether nobody waits for the answer, so that it may come after those that somebody waits for. */
  readonly isBackground: boolean;
  /** Told of everything older than fresh that is served because the upstream failed. */
  readonly noteStale: (stale: StaleRead) => void;
  /** Told when something was read, by performance.now(), that is served because it was kept. */
  readonly noteKept: (readAt: number) => void;
  /** Told of each snapshot that an answer is made from; null if it was not kept, or is old. */
  readonly noteSnapshot?: ((read: SnapshotRead | null) => void) | undefined;
  /** What replicas read for each other, if they do and this read may use it. */
  readonly shared?: SharedRead | undefined;
  /** What was looked for in vain in something kept: it is read anew, unless it was so lately for all of these. */
  readonly missed: readonly string[];
  /** Told when a write was acknowledged in a form that the API does not document, which proves nothing. */
  readonly noteOddAnswer?: (() => void) | undefined;
  readonly observer: UpstreamObserver;
}

/**
 * How much a read may share: `stored` answers from what is kept. `through` asks the upstream, and shares with such reads
 * only. `alone` shares with nobody, as a write relies on it.
 */
type Reading = 'stored' | 'through' | 'alone';

/** An upstream token with the hash that everything kept between requests is keyed by. */
export interface Credential {
  readonly token: string;
  readonly hash: string;
}

/** Where the token comes from: the configuration, or a header of the caller's request. */
type CredentialMode =
  { readonly mode: 'static'; readonly token: string } | { readonly mode: 'forward'; readonly header: string };

/** A kind of record that has pipelines, with the upstream's limits for it and the metadata that its stages have. */
export interface ObjectType {
  readonly name: string;
  /** What its records are called, in English; null if only the account knows it. */
  readonly labels: { readonly singular: string; readonly plural: string } | null;
  readonly maxStages: number | null;
  readonly maxLabelLength: number | null;
  /** The one field of a stage's metadata that can be written. */
  readonly metaField: MetaField;
  /** Object types with the same vocabulary know the same keys of metadata beside that field. */
  readonly metaVocabulary: string;
  /** What a new stage has whose metadata is left out; null if it must not be. Sent, so that no upstream chooses. */
  readonly newStageMeta: StageMetaDraft | null;
  /** What stage ids that the upstream itself chose say, whatever became of the stages. */
  readonly stageIdMeanings: Readonly<Record<string, StageOutcome>>;
  /** The longest label that the same account's oldest API takes, and its name; null if there is no such API. */
  readonly portableLabels: { readonly maxLength: number; readonly takenBy: string } | null;
}

interface ListOptions {
  /** Honoured where the upstream can list archived pipelines. */
  readonly includeArchived: boolean;
}

/** A pipeline to be created: no id where the source is to make one, no displayOrder where it goes last. */
export interface NewPipeline extends PipelineDraft {
  readonly pipelineId: string | null;
  readonly isDefault: boolean | null;
  /** Whether it is an archived pipeline that comes back, which the upstream may still have under its id. */
  readonly comesBack: boolean;
}

/** The state a pipeline is to have. Null leaves a field as it is. */
export interface PipelineDraft {
  readonly label: string;
  readonly displayOrder: number | null;
  readonly description: string | null;
  readonly stages: readonly StageDraft[];
}

/** The state a stage is to have. `stageId` is the existing stage that it is, or the id to give a new one. */
export interface StageDraft {
  readonly stageId: string | null;
  readonly label: string;
  /** Never null in a list, where it is unique; for a single stage, null puts it after the last. */
  readonly displayOrder: number | null;
  /** Null leaves an existing stage's metadata as it is. */
  readonly meta: StageMetaDraft | null;
  /** Metadata in the upstream's own words, which `meta` is written over in place of what an existing stage has. */
  readonly rawMeta?: RawMeta | undefined;
  /** Whether the stage is archived; absent leaves that as it is, and a new stage is not. */
  readonly archived?: boolean | undefined;
  /** The existing stages, by their ids, whose records move into this one as they are removed. */
  readonly mergeStageIds?: readonly string[] | undefined;
}

/** Null leaves a field as it is. */
export interface PipelinePatch {
  readonly label: string | null;
  readonly displayOrder: number | null;
  readonly description: string | null;
}

/** Null leaves a field as it is. */
export interface StagePatch {
  readonly label: string | null;
  readonly displayOrder: number | null;
  readonly meta: StageMetaDraft | null;
}

/** How careful a write is with records. */
export interface WriteOptions {
  /** Refuse to remove a stage that records are in, where the upstream can tell. */
  readonly validateReferences: boolean;
}

/** How careful an archive is with records, and what takes them. */
export interface ArchiveOptions<Key> extends WriteOptions {
  /** What takes the records; set only where MOVE_RECORDS is a capability. */
  readonly moveRecordsTo: Key | null;
}
