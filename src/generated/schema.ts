import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Pipeline as PipelineModel, Stage as StageModel } from '../domain/pipeline.ts';
import type { DealStageMeta as DealStageMetaModel, TicketStageMeta as TicketStageMetaModel, OrganizationStageMeta as OrganizationStageMetaModel, GenericStageMeta as GenericStageMetaModel } from '../domain/stage-meta.ts';
import type { PipelineSource as PipelineSourceModel } from '../sources/source.ts';
import type { Collection } from '../context/collections.ts';
import type { Viewer } from '../context/caller.ts';
import type { PipelinePage, AuditPage } from '../domain/page.ts';
import type { AuditEntry as AuditEntryModel } from '../domain/audit.ts';
import type { PipelineSnapshot as PipelineSnapshotModel, StageSnapshot as StageSnapshotModel } from '../domain/snapshot.ts';
import type { Problem, InvalidInputProblem, NotFoundProblem, ConflictProblem, StageInUseProblem, LimitExceededProblem, StaleProblem, UnsupportedProblem, AccessDeniedProblem, RateLimitedProblem, UpstreamProblem } from '../domain/problems.ts';
import type { Context } from '../context/context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in RFC 3339 form, always UTC, for example `2019-10-30T03:30:17.883Z`. */
  DateTime: { input: string; output: string; }
  /** Any JSON value, as the upstream sent it. An integer beyond 2^53 - 1, which most JSON readers would round, is text with all its digits. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: string; output: string; }
};

/** A pipeline that is to go, and how careful to be. */
export type ArchivePipelineInput = {
  /**
   * Archives although `restorePipeline` could not bring the pipeline back as it was. Without it, what the upstream would refuse
   * of a new pipeline is named before anything is deleted: `path` is then a place in the pipeline that exists, for example
   * `["stages", "2", "meta", "probability"]`, with its stages counted from 0 in display order.
   */
  readonly archiveAnyway?: InputMaybe<Scalars['Boolean']['input']>;
  /** The opaque `id` of the pipeline. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the pipeline still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Archives only if the newest `updatedAt` of the pipeline and its stages is still this one. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** If the source can MOVE_RECORDS: the pipeline that takes the records. */
  readonly moveRecordsTo?: InputMaybe<Scalars['ID']['input']>;
  /** Refuses to archive a pipeline that records are in. HubSpot v1 cannot check this: there it warns, and archives. */
  readonly validateReferences?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What `archivePipeline` did. */
export type ArchivePipelinePayload = {
  readonly __typename?: 'ArchivePipelinePayload';
  /** The opaque `id` of what is gone; null if nothing is. */
  readonly archivedId: Maybe<Scalars['ID']['output']>;
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** How many records it took; null if none were to be moved. */
  readonly movedRecordCount: Maybe<Scalars['Int']['output']>;
  /** The stage that took the records, and how many it took. */
  readonly movedRecordsTo: Maybe<Stage>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** The pipeline as it was last. HubSpot cannot bring a deleted pipeline back; `restorePipeline` can create it again from this. */
  readonly snapshot: Maybe<PipelineSnapshot>;
  /** What the write did although something speaks against it. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** A stage that is to go, and how careful to be. */
export type ArchivePipelineStageInput = {
  /** The opaque `id` of the stage. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the stage still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the stage still has this `updatedAt`. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** If the source can MOVE_RECORDS: the stage of the same pipeline that takes the records. */
  readonly moveRecordsTo?: InputMaybe<Scalars['ID']['input']>;
  /**
   * Refuses to archive a stage that records are in. HubSpot v1 and the organization API cannot check this (no
   * VALIDATE_REFERENCES): there it warns, and archives. At the organization API, `moveRecordsTo` keeps the records.
   */
  readonly validateReferences?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What `archivePipelineStage` did. */
export type ArchivePipelineStagePayload = {
  readonly __typename?: 'ArchivePipelineStagePayload';
  /** The opaque `id` of the stage that is gone; null if none is. */
  readonly archivedId: Maybe<Scalars['ID']['output']>;
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** All records that the upstream says it moved, those that `moveRecordsTo` took included. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** How many records it took; null if none were to be moved. */
  readonly movedRecordCount: Maybe<Scalars['Int']['output']>;
  /** The stage that took the records; null if none were to be moved. */
  readonly movedRecordsTo: Maybe<Stage>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline that had the stage, read after the write. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** The stage as it was last. */
  readonly snapshot: Maybe<StageSnapshot>;
  /** What the write did although something speaks against it. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** One recorded change of a pipeline or a stage. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** What was done. */
  readonly action: AuditEntryAction;
  /** The object as it was before the change: the next older entry's, typed. Null for a creation, and if it is not known. */
  readonly before: Maybe<AuditEntrySnapshot>;
  /** What the change did: from `before` to the entry's own object. Null if either is not known, and for a deletion. */
  readonly changes: Maybe<ReadonlyArray<PipelineChange>>;
  /** The upstream's id of the user who did it; null if nobody in particular did. */
  readonly fromUserId: Maybe<Scalars['ID']['output']>;
  /** Unique across all sources. Treat it as opaque. `restorePipeline` takes it as `auditEntryId`. */
  readonly id: Scalars['ID']['output'];
  /** The upstream's `portalId:objectId`. */
  readonly identifier: Scalars['String']['output'];
  /** The upstream's own words for it, if it has any. */
  readonly message: Maybe<Scalars['String']['output']>;
  /** The upstream's id of the account. */
  readonly portalId: Scalars['String']['output'];
  /** The action in the upstream's own word. */
  readonly rawAction: Scalars['String']['output'];
  /** The object as the change left it, as the upstream sent it; parsed if it came as a JSON string that can be. */
  readonly rawObject: Maybe<Scalars['JSON']['output']>;
  /** When it was done; null if the upstream does not tell. */
  readonly timestamp: Maybe<Scalars['DateTime']['output']>;
};

/** What was done to a pipeline or a stage. */
export type AuditEntryAction =
  /** It was created. */
  | 'CREATE'
  /** It was archived or deleted. */
  | 'DELETE'
  /** Something that this gateway does not know yet; `rawAction` tells it. */
  | 'OTHER'
  /** It was changed. */
  | 'UPDATE';

/** A page of a history. */
export type AuditEntryConnection = {
  readonly __typename?: 'AuditEntryConnection';
  /** The entries of the page, each with its cursor. */
  readonly edges: ReadonlyArray<AuditEntryEdge>;
  /** The entries of the page. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Whether there is more, and where. */
  readonly pageInfo: PageInfo;
  /** How many entries the upstream has. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An entry of a page. */
export type AuditEntryEdge = {
  readonly __typename?: 'AuditEntryEdge';
  /** Where the entry is, for `after`; it stays the same when newer ones arrive. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: AuditEntry;
};

/** What an entry of a history is of. */
export type AuditEntrySnapshot = PipelineSnapshot | StageSnapshot;

/** A pipeline, and where its copy is to be. */
export type CopyPipelineInput = {
  /** Copies although what a stage means (probability, state, outcome) cannot be carried; the payload names it. */
  readonly allowLoss?: InputMaybe<Scalars['Boolean']['input']>;
  /** The opaque `id` of the pipeline. */
  readonly id: Scalars['ID']['input'];
  /** Gives the copy the same pipeline and stage ids. */
  readonly keepIds?: InputMaybe<Scalars['Boolean']['input']>;
  /** The label of the copy. Left out, that of the original. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** The object type there. Left out, that of the original, or else the only one of the source. */
  readonly toObjectType?: InputMaybe<Scalars['String']['input']>;
  /** The source that gets the copy. */
  readonly toSourceName: Scalars['String']['input'];
};

/** What `copyPipeline` did. */
export type CopyPipelinePayload = {
  readonly __typename?: 'CopyPipelinePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /**
   * What the copy lacks, as far as upstreams tell it: from the original to the copy, which has no archived stage. Required properties, automation and
   * permissions are in no upstream's pipelines, so they are never carried and never named.
   */
  readonly notCarried: ReadonlyArray<PipelineChange>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline, read after the write; null if nothing was written, or if it could not be read. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
};

/** A pipeline that is to be made. */
export type CreatePipelineInput = {
  /** Organization API only. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** After the last pipeline where left out. */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** Organization API only: makes the new pipeline the default one. */
  readonly isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** The name that people see. */
  readonly label: Scalars['String']['input'];
  /** The source's name of the kind of record. */
  readonly objectType: Scalars['String']['input'];
  /** The upstream id to give it; generated where left out. */
  readonly pipelineId?: InputMaybe<Scalars['String']['input']>;
  /** May be left out where only one source has the object type. */
  readonly sourceName?: InputMaybe<Scalars['String']['input']>;
  /** Its stages, in their order unless they have numbers of their own. */
  readonly stages: ReadonlyArray<PipelineStageInput>;
};

/** What `createPipeline` did. */
export type CreatePipelinePayload = {
  readonly __typename?: 'CreatePipelinePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline, read after the write; null if nothing was written, or if it could not be read. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
};

/** A stage that is to be added to a pipeline. */
export type CreatePipelineStageInput = {
  /** The `id` of the stage of the pipeline that it is to come right after. */
  readonly after?: InputMaybe<Scalars['ID']['input']>;
  /** The `id` of the stage of the pipeline that it is to come right before. */
  readonly before?: InputMaybe<Scalars['ID']['input']>;
  /**
   * The place that it is to have: before the first stage whose `displayOrder` is not less, so that 0 is the front. After the last
   * stage if no place is given. Only one of `displayOrder`, `before` and `after` can be given.
   */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** Writes only if the pipeline still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the newest `updatedAt` of the pipeline and its stages is still this one. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The name that people see. */
  readonly label: Scalars['String']['input'];
  /** What the stage is to mean; some object types need it. */
  readonly meta?: InputMaybe<StageMetaInput>;
  /** The `id` of the pipeline that gets the stage. */
  readonly pipeline: Scalars['ID']['input'];
  /** The upstream id to give it; generated where left out. */
  readonly stageId?: InputMaybe<Scalars['String']['input']>;
};

/** What `createPipelineStage` did. */
export type CreatePipelineStagePayload = {
  readonly __typename?: 'CreatePipelineStagePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** All records that the upstream says it moved, for whatever reason. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline that has the stage, read after the write. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** The stage, read after the write; null if nothing was written, or if it could not be read. */
  readonly stage: Maybe<Stage>;
};

/** Metadata of a stage of deals. */
export type DealStageMeta = {
  readonly __typename?: 'DealStageMeta';
  /** Whether a deal in this stage is closed, won or lost. */
  readonly isClosed: Scalars['Boolean']['output'];
  /** How likely a deal in this stage closes, from 0.0 (lost) to 1.0 (won). */
  readonly probability: Scalars['Float']['output'];
  /** The metadata as the upstream sent it. */
  readonly raw: Scalars['JSON']['output'];
};

/** Metadata of any other object type, and any that does not have the form its object type should have. */
export type GenericStageMeta = {
  readonly __typename?: 'GenericStageMeta';
  /** The metadata as the upstream sent it. */
  readonly raw: Scalars['JSON']['output'];
  /** Whether a record in this stage is open or closed; null if the upstream does not tell. */
  readonly state: Maybe<TicketStageState>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Archives a pipeline, or deletes it where the upstream has nothing gentler. The payload holds what brings it back. */
  readonly archivePipeline: ArchivePipelinePayload;
  /** Archives a stage, or deletes it where the upstream has nothing gentler. */
  readonly archivePipelineStage: ArchivePipelineStagePayload;
  /** Copies a pipeline with its stages into another source, for example from a sandbox to production. */
  readonly copyPipeline: CopyPipelinePayload;
  /** Creates a pipeline with its stages. */
  readonly createPipeline: CreatePipelinePayload;
  /** Adds a stage to a pipeline. */
  readonly createPipelineStage: CreatePipelineStagePayload;
  /** Changes fields of a pipeline. */
  readonly patchPipeline: PatchPipelinePayload;
  /** Changes fields of a stage; metadata is merged. */
  readonly patchPipelineStage: PatchPipelineStagePayload;
  /**
   * Changes several stages of a pipeline at once: all or, if any input is wrong, none. It is one write of the whole pipeline, or of
   * one stage if only that changes.
   */
  readonly patchPipelineStages: PatchPipelineStagesPayload;
  /** Puts the stages of a pipeline in the order given, writing only those that move. */
  readonly reorderPipelineStages: ReorderPipelineStagesPayload;
  /** Makes a pipeline what the input says: stages that it does not name are removed. `pipelineReplacePlan` shows what that would change. */
  readonly replacePipeline: ReplacePipelinePayload;
  /** Makes a stage what the input says; metadata that it leaves out stays. */
  readonly replacePipelineStage: ReplacePipelineStagePayload;
  /**
   * Puts a pipeline back as it was before one audit entry or as a snapshot says, or creates it again from the snapshot if it is gone.
   * What is missing is added before anything is removed, if the stage limit allows it; a failure leaves what was there.
   */
  readonly restorePipeline: RestorePipelinePayload;
  /**
   * Makes the pipeline of another source that has the same id like this one, stages by their ids, and creates it with the same ids if
   * there is none: for example from staging to production, again and again. What is missing is added before anything is removed.
   */
  readonly syncPipeline: SyncPipelinePayload;
};


export type MutationArchivePipelineArgs = {
  input: ArchivePipelineInput;
};


export type MutationArchivePipelineStageArgs = {
  input: ArchivePipelineStageInput;
};


export type MutationCopyPipelineArgs = {
  input: CopyPipelineInput;
};


export type MutationCreatePipelineArgs = {
  input: CreatePipelineInput;
};


export type MutationCreatePipelineStageArgs = {
  input: CreatePipelineStageInput;
};


export type MutationPatchPipelineArgs = {
  input: PatchPipelineInput;
};


export type MutationPatchPipelineStageArgs = {
  input: PatchPipelineStageInput;
};


export type MutationPatchPipelineStagesArgs = {
  input: PatchPipelineStagesInput;
};


export type MutationReorderPipelineStagesArgs = {
  input: ReorderPipelineStagesInput;
};


export type MutationReplacePipelineArgs = {
  input: ReplacePipelineInput;
};


export type MutationReplacePipelineStageArgs = {
  input: ReplacePipelineStageInput;
};


export type MutationRestorePipelineArgs = {
  input: RestorePipelineInput;
};


export type MutationSyncPipelineArgs = {
  input: SyncPipelineInput;
};

/** Metadata of a stage at the organization API. */
export type OrganizationStageMeta = {
  readonly __typename?: 'OrganizationStageMeta';
  /** `#RRGGBB` */
  readonly color: Maybe<Scalars['String']['output']>;
  /** The metadata as the upstream sent it. */
  readonly raw: Scalars['JSON']['output'];
};

/** Whether a list goes on beyond a page, and where the page begins and ends. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of the last item, for `after`; null if the page is empty. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is something before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first item; null if the page is empty. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
};

/** What changes of a pipeline; what is left out or null stays as it is. */
export type PatchPipelineInput = {
  /** Organization API only. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The number that pipelines are sorted by. */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** The opaque `id` of the pipeline. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the pipeline still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the newest `updatedAt` of the pipeline and its stages is still this one. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The name that it is to have. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
};

/** What `patchPipeline` did. */
export type PatchPipelinePayload = {
  readonly __typename?: 'PatchPipelinePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** All records that the upstream says it moved, for whatever reason. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline, read after the write; null if nothing was written, or if it could not be read. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
};

/** What changes of a stage; what is left out or null stays as it is. */
export type PatchPipelineStageInput = {
  /** The place that it is to have, as the number of a stage that stands there. */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** The opaque `id` of the stage. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the stage still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the stage still has this `updatedAt`. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The name that it is to have. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** Merged into the metadata that the stage has. */
  readonly meta?: InputMaybe<StageMetaInput>;
};

/** What `patchPipelineStage` did. */
export type PatchPipelineStagePayload = {
  readonly __typename?: 'PatchPipelineStagePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** Records that the upstream says it moved, because the stage has another name or for reasons of its own. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline that has the stage, read after the write. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** The stage, read after the write; null if nothing was written, or if it could not be read. */
  readonly stage: Maybe<Stage>;
};

/** What changes of several stages of one pipeline. */
export type PatchPipelineStagesInput = {
  /** Writes only if the pipeline still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the newest `updatedAt` of the pipeline and its stages is still this one. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The `id` of the pipeline. */
  readonly pipeline: Scalars['ID']['input'];
  /** The stages that change, each once. */
  readonly stages: ReadonlyArray<PipelineStagePatchInput>;
};

/** What `patchPipelineStages` did. */
export type PatchPipelineStagesPayload = {
  readonly __typename?: 'PatchPipelineStagesPayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** Records that the upstream says it moved, because a stage has another name or for reasons of its own. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline that has the stages, read after the write. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** The stages that the input names, in its order, read after the write. */
  readonly stages: ReadonlyArray<Stage>;
};

/** The stages that records of one object type move through. */
export type Pipeline = {
  readonly __typename?: 'Pipeline';
  /** Whether it is archived: its records keep it, new ones cannot be put into it. */
  readonly archived: Scalars['Boolean']['output'];
  /** When it was archived; null if it is not, or if the upstream does not tell. */
  readonly archivedAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * Changes to the pipeline, newest first. Null if the source gives no history (no READ_AUDIT): in a list of pipelines without an
   * error, so that one source without a history spoils no list; with the error UNSUPPORTED if one object was asked for.
   */
  readonly audit: Maybe<AuditEntryConnection>;
  /** Null where the upstream has none: default pipelines, the organization API. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** User ids at the organization API; null elsewhere. */
  readonly createdBy: Maybe<Scalars['ID']['output']>;
  /** At the organization API; null elsewhere. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Pipelines sort by this, then by label as in an English dictionary, then by id. */
  readonly displayOrder: Scalars['Int']['output'];
  /** What a careful administrator would remark. */
  readonly findings: ReadonlyArray<PipelineFinding>;
  /** Unique across all sources. Treat it as opaque. */
  readonly id: Scalars['ID']['output'];
  /** Whether new records go into it; null if the upstream does not tell. */
  readonly isDefault: Maybe<Scalars['Boolean']['output']>;
  /** The name that people see. */
  readonly label: Scalars['String']['output'];
  /** The upstream's name of the kind of record that moves through it. */
  readonly objectType: Scalars['String']['output'];
  /** The organization that the pipeline belongs to at the organization API; null elsewhere. */
  readonly organizationId: Maybe<Scalars['ID']['output']>;
  /** The upstream's id. A deals subgraph can refer to a pipeline by it through the second key. */
  readonly pipelineId: Scalars['String']['output'];
  /** When the gateway read this from the upstream: earlier than the request if what is served was kept. */
  readonly readAt: Scalars['DateTime']['output'];
  /** A digest of the pipeline's content, its stages included: it changes whenever anything in them does. For `ifRevision`. */
  readonly revision: Scalars['String']['output'];
  /** The source that it is in. */
  readonly source: PipelineSource;
  /** The name of the source that it is in. */
  readonly sourceName: Scalars['String']['output'];
  /**
   * In display order. What the upstream has but cannot be read is not among them: then a look-up has an error UPSTREAM_CONTRACT at
   * this field, and a list of pipelines a failure.
   */
  readonly stages: ReadonlyArray<Stage>;
  /** When it was changed last; null where the upstream has none. `revision` is there for every pipeline. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** The user who changed it last, at the organization API; null elsewhere. */
  readonly updatedBy: Maybe<Scalars['ID']['output']>;
};


/** The stages that records of one object type move through. */
export type PipelineAuditArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** UPSTREAM_UNAUTHENTICATED or UPSTREAM_FORBIDDEN. */
export type PipelineAccessDeniedError = PipelineMutationError & {
  readonly __typename?: 'PipelineAccessDeniedError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Any one of these lets the call through, where the upstream says which. */
  readonly requiredScopes: ReadonlyArray<Scalars['String']['output']>;
};

/** What an upstream lets the gateway do. */
export type PipelineCapability =
  /** Pipelines can be archived or deleted. */
  | 'ARCHIVE_PIPELINE'
  /** Stages can be archived or deleted. */
  | 'ARCHIVE_STAGE'
  /** Pipelines can be created. */
  | 'CREATE_PIPELINE'
  /** Stages can be added. */
  | 'CREATE_STAGE'
  /** All pipelines of an object type are read at once. */
  | 'LIST_PIPELINES'
  /** Records can be moved off a pipeline or a stage while it is archived. */
  | 'MOVE_RECORDS'
  /** Fields of a pipeline can be changed. */
  | 'PATCH_PIPELINE'
  /** Fields of a stage can be changed. */
  | 'PATCH_STAGE'
  /** Histories can be read. */
  | 'READ_AUDIT'
  /** Pipelines can be replaced. */
  | 'REPLACE_PIPELINE'
  /** Stages can be replaced. */
  | 'REPLACE_STAGE'
  /**
   * Can refuse to remove a stage that records are in: HubSpot's v3 and date versions. If this is missing, `validateReferences`
   * cannot protect anything. The organization API refuses by itself to archive a whole pipeline with records.
   */
  | 'VALIDATE_REFERENCES';

/** One difference between two states of a pipeline. */
export type PipelineChange = {
  readonly __typename?: 'PipelineChange';
  /** Of a removed stage whose records another one takes: `{mergedInto}`, with that one's label. */
  readonly after: Maybe<Scalars['JSON']['output']>;
  /** The value before; null if there was none. */
  readonly before: Maybe<Scalars['JSON']['output']>;
  /** The field concerned, for example `label` or `meta.probability`; null where a whole stage was added or removed. */
  readonly field: Maybe<Scalars['String']['output']>;
  /** What happened to it. */
  readonly kind: PipelineChangeKind;
  /** The stage concerned; null where the pipeline itself is. */
  readonly stageId: Maybe<Scalars['String']['output']>;
  /** For a person, for example `Stage "Won": probability 0.9 → 1.0`. */
  readonly summary: Scalars['String']['output'];
};

/** What happened to a field or a stage. */
export type PipelineChangeKind =
  /** It is new. */
  | 'ADDED'
  /** It has another value. */
  | 'CHANGED'
  /** It is gone. */
  | 'REMOVED';

/** LABEL_TAKEN or ID_TAKEN. */
export type PipelineConflictError = PipelineMutationError & {
  readonly __typename?: 'PipelineConflictError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The label or id that is taken. Null if the upstream does not tell which, and the request gave several. */
  readonly value: Maybe<Scalars['String']['output']>;
};

/** A page of pipelines, with what could not be read of them. */
export type PipelineConnection = {
  readonly __typename?: 'PipelineConnection';
  /** The pipelines of the page, each with its cursor. */
  readonly edges: ReadonlyArray<PipelineEdge>;
  /** The sources and object types that could not be read, so are missing from `nodes`. */
  readonly failures: ReadonlyArray<PipelineSourceFailure>;
  /** The pipelines of the page. */
  readonly nodes: ReadonlyArray<Pipeline>;
  /** Whether there is more, and where. */
  readonly pageInfo: PageInfo;
  /** What is served although it is older than fresh, because the upstream failed. Routers drop `extensions`, but not this. */
  readonly stale: ReadonlyArray<PipelineStaleRead>;
  /** How many pipelines there are of what could be read: see `failures`. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A pipeline of a page. */
export type PipelineEdge = {
  readonly __typename?: 'PipelineEdge';
  /** Where the pipeline is, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The pipeline. */
  readonly node: Pipeline;
};

/** Which pipelines are wanted; all if it is empty. */
export type PipelineFilter = {
  /** Keeps pipelines with a finding of one of these rules; of any rule if the list is empty. */
  readonly hasFindings?: InputMaybe<ReadonlyArray<PipelineFindingRule>>;
  /** Archived pipelines are left out unless this is true and the upstream can list them. */
  readonly includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Keeps pipelines whose label contains this, ignoring case. */
  readonly labelContains?: InputMaybe<Scalars['String']['input']>;
  /** The source's configured object types where left out. */
  readonly objectTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Keeps pipelines with these ids of the upstream's, not the opaque ones. */
  readonly pipelineIds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** All sources where left out. */
  readonly sourceNames?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Something that a careful administrator would remark. */
export type PipelineFinding = {
  readonly __typename?: 'PipelineFinding';
  /** For a person. */
  readonly message: Scalars['String']['output'];
  /** The rule that found it. */
  readonly rule: PipelineFindingRule;
  /** How much it matters. */
  readonly severity: PipelineFindingSeverity;
  /** The stage concerned; null where the whole pipeline is. */
  readonly stageId: Maybe<Scalars['String']['output']>;
};

/** What is looked for in every pipeline. */
export type PipelineFindingRule =
  /** The upstream stops serving the source's version of its API, or has stopped. */
  | 'API_VERSION_ENDS'
  /** Two stages have the same number, so their order is left to chance. */
  | 'DISPLAY_ORDER_TAKEN_TWICE'
  /** Two labels differ in case or spaces only. */
  | 'LABELS_ALIKE'
  /** A label is longer than HubSpot v1 takes. */
  | 'LABEL_TOO_LONG_FOR_V1'
  /** A well-known id that no longer means what it says, such as `closedwon` with probability 0. */
  | 'MISLEADING_STAGE_ID'
  /** A label that says something else than the stage means, such as "Closed Won" with probability 0.8. */
  | 'MISLEADING_STAGE_LABEL'
  /** Records cannot be closed. */
  | 'NO_CLOSED_STAGE'
  /** Deals cannot be lost. */
  | 'NO_LOST_STAGE'
  /** Deals cannot be won. */
  | 'NO_WON_STAGE'
  /** Among the stages that are not LOST, a later one is less likely than an earlier one. */
  | 'PROBABILITY_FALLS'
  /** A probability is no step of 0.1, which HubSpot v1 refuses in new values. */
  | 'PROBABILITY_NOT_A_TENTH'
  /** More than four fifths of the stages that there can be are used. */
  | 'STAGE_LIMIT_NEAR'
  /**
   * Sources of the kind HUBSPOT_LEGACY only: each write sends the whole pipeline, and HubSpot then forgets which properties are
   * mandatory in its stages, which no API can tell.
   */
  | 'WRITES_LOSE_REQUIRED_PROPERTIES';

/** How much a finding matters. */
export type PipelineFindingSeverity =
  /** Reports and automation are misled. */
  | 'ERROR'
  /** Good to know. */
  | 'INFO'
  /** Probably not what anybody wants. */
  | 'WARNING';

/** Input that is at fault. The `message` is English; `reason` and `limit` are what a page makes its own words of. */
export type PipelineInvalidInputError = PipelineMutationError & {
  readonly __typename?: 'PipelineInvalidInputError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** The bound that it breaks, if it breaks one: a length, a number or a step. */
  readonly limit: Maybe<Scalars['Float']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What is wrong with it. */
  readonly reason: PipelineInvalidInputReason;
};

/** What is wrong with an input field. */
export type PipelineInvalidInputReason =
  /** Another item of the same input has it already. */
  | 'DUPLICATE'
  /** It does not have the form that it must have. */
  | 'MALFORMED'
  /** It is no multiple of `limit`. */
  | 'NOT_A_STEP'
  /** What it names is not there. */
  | 'NOT_FOUND'
  /** Anything else, which `message` tells. */
  | 'OTHER'
  /** It is missing or empty, and must not be. */
  | 'REQUIRED'
  /** It is a number above `limit`. */
  | 'TOO_LARGE'
  /** It is longer than `limit`. */
  | 'TOO_LONG'
  /** It is a number below `limit`. */
  | 'TOO_SMALL'
  /** The source or the object type has no such field. */
  | 'UNSUPPORTED';

/** LIMIT_EXCEEDED. */
export type PipelineLimitExceededError = PipelineMutationError & {
  readonly __typename?: 'PipelineLimitExceededError';
  /** How many there would be; null if the upstream does not tell. */
  readonly actual: Maybe<Scalars['Int']['output']>;
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** How many there may be; null if the upstream does not tell. */
  readonly limit: Maybe<Scalars['Int']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** A field of StageMetaInput, as a form would show it. */
export type PipelineMetaField = {
  readonly __typename?: 'PipelineMetaField';
  /** The greatest number that it can be; null if it is no number. */
  readonly greatest: Maybe<Scalars['Float']['output']>;
  /** Whether a new stage must have it. */
  readonly isRequired: Scalars['Boolean']['output'];
  /** The least number that it can be; null if it is no number. */
  readonly least: Maybe<Scalars['Float']['output']>;
  /** The field's name in StageMetaInput: `probability`, `ticketState`, `state` or `color`. */
  readonly name: Scalars['String']['output'];
  /** What new numbers are multiples of; null if the source takes any, or if it is no number. */
  readonly step: Maybe<Scalars['Float']['output']>;
  /** The values that it can have; null if it is no choice of a few. */
  readonly values: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Why a mutation did not do what it was asked. Nothing was written unless `mayHaveBeenApplied` is true. */
export type PipelineMutationError = {
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** True where the write, or part of it, happened or may have: after a time-out, a cut connection, a server error, a step that failed half way. Read before you try again. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** For a person; names the field, the limit or the object at fault. */
  readonly message: Scalars['String']['output'];
  /** The input field at fault, for example `["stages", "2", "label"]`. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** What went wrong with a mutation. */
export type PipelineMutationErrorCode =
  /** Another pipeline or stage has, or had, the id. */
  | 'ID_TAKEN'
  /** A field of the input is at fault. */
  | 'INVALID_INPUT'
  /** Another pipeline or stage has the label. */
  | 'LABEL_TAKEN'
  /** There would be more than the upstream takes. */
  | 'LIMIT_EXCEEDED'
  /** What the input names is not there, or no longer. */
  | 'NOT_FOUND'
  /** Records are in a stage that would be removed. */
  | 'STAGE_IN_USE'
  /** Somebody changed the object meanwhile. */
  | 'STALE_OBJECT'
  /** The source's API cannot do this. */
  | 'UNSUPPORTED'
  /** The upstream answered something that its documents do not have. */
  | 'UPSTREAM_CONTRACT'
  /** The token may not do this. */
  | 'UPSTREAM_FORBIDDEN'
  /** Nobody can tell whether the write happened: read before trying again. */
  | 'UPSTREAM_OUTCOME_UNKNOWN'
  /** A request limit of the upstream is used up. */
  | 'UPSTREAM_RATE_LIMITED'
  /** The upstream refused the request for a reason of its own. */
  | 'UPSTREAM_REJECTED'
  /** The upstream did not answer in time. */
  | 'UPSTREAM_TIMEOUT'
  /** The upstream does not take the token. */
  | 'UPSTREAM_UNAUTHENTICATED'
  /** The upstream fails, or was not asked because it keeps failing. */
  | 'UPSTREAM_UNAVAILABLE';

/** NOT_FOUND. */
export type PipelineNotFoundError = PipelineMutationError & {
  readonly __typename?: 'PipelineNotFoundError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** The opaque `id` that was asked for. */
  readonly id: Scalars['ID']['output'];
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** A kind of record that has pipelines in a source, with the upstream's limits for it. */
export type PipelineObjectType = {
  readonly __typename?: 'PipelineObjectType';
  /** What a new id must match, as a regular expression; null if any text will do, or if the source gives ids itself. */
  readonly idPattern: Maybe<Scalars['String']['output']>;
  /** The longest label that a pipeline or a stage can be given, in UTF-16 code units: the upstream's limit, else the gateway's. */
  readonly maxLabelLength: Maybe<Scalars['Int']['output']>;
  /** The longest id that a new pipeline can be given; null if the source gives ids itself. */
  readonly maxPipelineIdLength: Maybe<Scalars['Int']['output']>;
  /** The longest id that a new stage can be given; null if the source gives ids itself. */
  readonly maxStageIdLength: Maybe<Scalars['Int']['output']>;
  /** The most stages that a pipeline can have; null if no limit is known, and then none is enforced. */
  readonly maxStages: Maybe<Scalars['Int']['output']>;
  /** The one field of a stage's `meta` that can be written. */
  readonly metaField: PipelineMetaField;
  /** Whether the source can move records off what is archived. */
  readonly moveRecords: Scalars['Boolean']['output'];
  /** The upstream's own name: `deals`, `tickets`, `2-3465404`, `Contact`. */
  readonly name: Scalars['String']['output'];
  /** What several records are called, in English; null if only the account knows it. */
  readonly pluralLabel: Maybe<Scalars['String']['output']>;
  /** What one record is called, in English; null if only the account knows it, as of custom objects. */
  readonly singularLabel: Maybe<Scalars['String']['output']>;
  /** Whether the source can refuse to remove a stage that records are in. */
  readonly validateReferences: Scalars['Boolean']['output'];
};

/** UPSTREAM_RATE_LIMITED. */
export type PipelineRateLimitedError = PipelineMutationError & {
  readonly __typename?: 'PipelineRateLimitedError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The upstream's name of the limit; null if it does not tell. */
  readonly policy: Maybe<Scalars['String']['output']>;
  /** When to try again, in seconds; null if the upstream does not tell. */
  readonly retryAfterSeconds: Maybe<Scalars['Float']['output']>;
};

/** A pipeline as it was at one moment, with what brings it back. */
export type PipelineSnapshot = {
  readonly __typename?: 'PipelineSnapshot';
  /** The number that pipelines are sorted by. */
  readonly displayOrder: Scalars['Int']['output'];
  /**
   * What `restorePipeline` takes: the fields and stages, their metadata as the upstream sent it. Required properties, automation
   * and permissions are in no upstream's pipelines, so they are not in it.
   */
  readonly document: Scalars['JSON']['output'];
  /** The name that people see. */
  readonly label: Scalars['String']['output'];
  /** The upstream's name of the kind of record that moves through it. */
  readonly objectType: Scalars['String']['output'];
  /** The upstream's id. */
  readonly pipelineId: Scalars['String']['output'];
  /** In display order. */
  readonly stages: ReadonlyArray<StageSnapshot>;
};

/** One upstream account that the gateway is connected to: a HubSpot portal, or an instance of the organization API. */
export type PipelineSource = {
  readonly __typename?: 'PipelineSource';
  /** The upstream API's version in use, for example `v3`, `2026-09` or `v1`. */
  readonly apiVersion: Scalars['String']['output'];
  /** What its API lets the gateway do. */
  readonly capabilities: ReadonlyArray<PipelineCapability>;
  /** The API that it is. */
  readonly kind: PipelineSourceKind;
  /** The name given to it in the gateway's configuration. */
  readonly name: Scalars['String']['output'];
  /** The kinds of record that it has pipelines of, in configured order. */
  readonly objectTypes: ReadonlyArray<PipelineObjectType>;
  /** How it does now, for the caller. */
  readonly status: PipelineSourceStatus;
  /** When the upstream stops serving that version, where it has said so. */
  readonly sunsetAt: Maybe<Scalars['DateTime']['output']>;
};

/** Whether an upstream that keeps failing is left alone. */
export type PipelineSourceCircuit =
  /** It is asked as usual. */
  | 'CLOSED'
  /** One call tries whether it answers again. */
  | 'HALF_OPEN'
  /** It is left alone for the moment. */
  | 'OPEN';

/** One part of a list that could not be read. The rest of the list is served. */
export type PipelineSourceFailure = {
  readonly __typename?: 'PipelineSourceFailure';
  /** The same codes as `extensions.code`, for example `UPSTREAM_RATE_LIMITED`. */
  readonly code: Scalars['String']['output'];
  /** The upstream's id for the failed call, for its support desk. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** For a person. */
  readonly message: Scalars['String']['output'];
  /** The object type that was asked for; null if the whole source is concerned. */
  readonly objectType: Maybe<Scalars['String']['output']>;
  /** When to try again, in seconds; null if the upstream does not tell. */
  readonly retryAfterSeconds: Maybe<Scalars['Float']['output']>;
  /** The source that was asked. */
  readonly sourceName: Scalars['String']['output'];
};

/** The APIs that the gateway knows. */
export type PipelineSourceKind =
  /** HubSpot CRM pipelines, v3 and the date versions. */
  | 'HUBSPOT'
  /** HubSpot crm-pipelines v1. */
  | 'HUBSPOT_LEGACY'
  /** The organization pipelines API (contacts and applications). */
  | 'ORGANIZATION';

/** A limit on requests, and what is left of it. */
export type PipelineSourceRateLimit = {
  readonly __typename?: 'PipelineSourceRateLimit';
  /** The interval, in seconds. */
  readonly intervalSeconds: Scalars['Float']['output'];
  /** How many requests there can be in the interval. */
  readonly limit: Scalars['Int']['output'];
  /** The upstream's name for it, for example `TEN_SECONDLY_ROLLING`. */
  readonly policy: Scalars['String']['output'];
  /** How many of them are left. */
  readonly remaining: Scalars['Int']['output'];
};

/** How a source does. */
export type PipelineSourceStatus = {
  readonly __typename?: 'PipelineSourceStatus';
  /**
   * Whether the source is asked for something with the caller's credential. It is OPEN if part of what fails is left alone, or
   * if the upstream itself asked to be left alone.
   */
  readonly circuit: PipelineSourceCircuit;
  /** The caller's request budgets at the upstream, as last reported or counted; HubSpot has one of ten seconds and one of a day. */
  readonly rateLimits: ReadonlyArray<PipelineSourceRateLimit>;
};

/** A stage in the list of a whole pipeline. */
export type PipelineStageInput = {
  /** The place in the list where left out. */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** The name that people see; no two stages of a pipeline have the same. */
  readonly label: Scalars['String']['input'];
  /**
   * In a replace at the organization API only: the upstream ids of existing stages whose records move into this one. They are
   * not in the list themselves, as they are removed.
   */
  readonly mergeStageIds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** In a replace, a stage that stays keeps its metadata if this is left out. */
  readonly meta?: InputMaybe<StageMetaInput>;
  /** In a create: the upstream id to give the stage. In a replace: the existing stage that this one is. */
  readonly stageId?: InputMaybe<Scalars['String']['input']>;
};

/** What changes of one stage; what is left out or null stays as it is. */
export type PipelineStagePatchInput = {
  /** The place that it is to have, as `patchPipelineStage` takes it; several are taken in the order of the list. */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** The `id` of the stage. */
  readonly id: Scalars['ID']['input'];
  /** The name that it is to have. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** Merged into the metadata that the stage has. */
  readonly meta?: InputMaybe<StageMetaInput>;
};

/** The object is not as it was at `ifUpdatedAt` or `ifRevision`: somebody changed it meanwhile. */
export type PipelineStaleError = PipelineMutationError & {
  readonly __typename?: 'PipelineStaleError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The `revision` that it has now; null if it changed more than once meanwhile. */
  readonly revision: Maybe<Scalars['String']['output']>;
  /** The newest `updatedAt` that it has now. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A part of an answer that is older than fresh, because the upstream failed. */
export type PipelineStaleRead = {
  readonly __typename?: 'PipelineStaleRead';
  /** How long ago it was read, in whole seconds. */
  readonly ageSeconds: Scalars['Int']['output'];
  /** The object type that it is of. */
  readonly objectType: Scalars['String']['output'];
  /** The source that it was read from. */
  readonly sourceName: Scalars['String']['output'];
};

/** The source's API has no such operation. */
export type PipelineUnsupportedError = PipelineMutationError & {
  readonly __typename?: 'PipelineUnsupportedError';
  /** What the source lacks. */
  readonly capability: PipelineCapability;
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT, UPSTREAM_CONTRACT, UPSTREAM_REJECTED or UPSTREAM_OUTCOME_UNKNOWN. */
export type PipelineUpstreamError = PipelineMutationError & {
  readonly __typename?: 'PipelineUpstreamError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The HTTP status of its answer; null if there was none. */
  readonly status: Maybe<Scalars['Int']['output']>;
};

/** Who asks, and what they may do. */
export type PipelineViewer = {
  readonly __typename?: 'PipelineViewer';
  /** Whether queries are answered. */
  readonly canRead: Scalars['Boolean']['output'];
  /** Whether mutations are carried out. */
  readonly canWrite: Scalars['Boolean']['output'];
  /** The name of the API key or the subject of the token; null if the gateway lets everybody in. */
  readonly name: Maybe<Scalars['String']['output']>;
};

/** Something that a caller should know of a write, although the write is made, or would be. */
export type PipelineWarning = {
  readonly __typename?: 'PipelineWarning';
  /** What it is, for programs. */
  readonly code: PipelineWarningCode;
  /** For a person; names what is at stake, and what helps. */
  readonly message: Scalars['String']['output'];
  /** The input field that the warning is about. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** What speaks against a write. */
export type PipelineWarningCode =
  /**
   * `validateReferences` is true, but the source cannot tell whether records are in what is removed, so they may be stranded.
   * Sources of the kind HUBSPOT_LEGACY never can, those of the kind ORGANIZATION cannot for a stage.
   */
  | 'REFERENCES_NOT_CHECKED'
  /**
   * The object type has no room for the stages that are to come back beside those that are to go, so some are removed before all
   * others are there.
   */
  | 'REMOVES_BEFORE_ADDING';

export type Query = {
  readonly __typename?: 'Query';
  /** The pipeline with this `id`; null if there is none. */
  readonly pipeline: Maybe<Pipeline>;
  /** The pipeline with an upstream's own id. `sourceName` may be left out where only one source has the object type. */
  readonly pipelineByKey: Maybe<Pipeline>;
  /** The changes that would make pipeline `a` like pipeline `b`; stages are matched by id, else by label. Both may be of any source. */
  readonly pipelineDiff: Maybe<ReadonlyArray<PipelineChange>>;
  /** What `replacePipeline` with this input would change. Nothing is written. */
  readonly pipelineReplacePlan: ReplacePipelinePlan;
  /** The source with this name; null if there is none. */
  readonly pipelineSource: Maybe<PipelineSource>;
  /** Everything that the gateway is connected to, in configured order. */
  readonly pipelineSources: ReadonlyArray<PipelineSource>;
  /** The stage with this `id`; null if there is none. */
  readonly pipelineStage: Maybe<Stage>;
  /** The stage with an upstream's own id. `sourceName` may be left out where only one source has the object type. */
  readonly pipelineStageByKey: Maybe<Stage>;
  /** The pipelines of all sources, or of those that are wanted. A part that cannot be read is named in `failures`, and the rest is served. */
  readonly pipelines: PipelineConnection;
  /** What `restorePipeline` with this input would change, and which newer edits it would undo. Nothing is written. */
  readonly restorePipelinePlan: RestorePipelinePlan;
  /** What `syncPipeline` with this input would change in the other source. Nothing is written. */
  readonly syncPipelinePlan: SyncPipelinePlan;
  /** Who asks, and what they may do, so that a page can tell before somebody tries to save. */
  readonly viewer: PipelineViewer;
};


export type QueryPipelineArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPipelineByKeyArgs = {
  objectType: Scalars['String']['input'];
  pipelineId: Scalars['String']['input'];
  sourceName?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPipelineDiffArgs = {
  a: Scalars['ID']['input'];
  b: Scalars['ID']['input'];
};


export type QueryPipelineReplacePlanArgs = {
  input: ReplacePipelineInput;
};


export type QueryPipelineSourceArgs = {
  name: Scalars['String']['input'];
};


export type QueryPipelineStageArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPipelineStageByKeyArgs = {
  objectType: Scalars['String']['input'];
  sourceName?: InputMaybe<Scalars['String']['input']>;
  stageId: Scalars['String']['input'];
};


export type QueryPipelinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  where?: InputMaybe<PipelineFilter>;
};


export type QueryRestorePipelinePlanArgs = {
  input: RestorePipelineInput;
};


export type QuerySyncPipelinePlanArgs = {
  input: SyncPipelineInput;
};

/** The order that the stages of a pipeline are to have. */
export type ReorderPipelineStagesInput = {
  /** Writes only if the pipeline still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the newest `updatedAt` of the pipeline and its stages is still this one. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The `id` of the pipeline. */
  readonly pipeline: Scalars['ID']['input'];
  /** The `id` of every stage of the pipeline, in the new order. */
  readonly stages: ReadonlyArray<Scalars['ID']['input']>;
};

/** What `reorderPipelineStages` did. */
export type ReorderPipelineStagesPayload = {
  readonly __typename?: 'ReorderPipelineStagesPayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** All records that the upstream says it moved, for whatever reason. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline, read after the write; null if nothing was written, or if it could not be read. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
};

/** A pipeline as it is to be, whole. */
export type ReplacePipelineInput = {
  /** Organization API only; stays as it is if left out. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The number that pipelines are sorted by; stays as it is if left out. */
  readonly displayOrder?: InputMaybe<Scalars['Int']['input']>;
  /** The opaque `id` of the pipeline. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the pipeline still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the newest `updatedAt` of the pipeline and its stages is still this one. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The name that it is to have. */
  readonly label: Scalars['String']['input'];
  /**
   * The pipeline's whole new list. A stage keeps its identity when it bears the `stageId` of an existing one or, without a
   * `stageId`, exactly the label of one; every existing stage that is not named in either way is removed.
   */
  readonly stages: ReadonlyArray<PipelineStageInput>;
  /**
   * Refuses to remove a stage that records are in. Turning it off can strand those records; HubSpot 2026-09 refuses all the
   * same. HubSpot v1 and the organization API cannot check this (no VALIDATE_REFERENCES): there it warns, and removes.
   */
  readonly validateReferences?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What `replacePipeline` did. */
export type ReplacePipelinePayload = {
  readonly __typename?: 'ReplacePipelinePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** All records that the upstream says it moved, from renamed or merged stages or for reasons of its own. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline, read after the write; null if nothing was written, or if it could not be read. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** What the write did although something speaks against it. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/**
 * The pipeline's own fields and stages. Required properties, automation and permissions are in no upstream's pipelines, so no
 * plan can say what becomes of them.
 */
export type ReplacePipelinePlan = {
  readonly __typename?: 'ReplacePipelinePlan';
  /** What would change. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** What would make the upstream refuse the write, as far as it can be known beforehand. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** What the write would do although something speaks against it. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** A stage as it is to be. */
export type ReplacePipelineStageInput = {
  /** The place that it is to have, as the number of a stage that stands there. */
  readonly displayOrder: Scalars['Int']['input'];
  /** The opaque `id` of the stage. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the stage still has this `revision`; protects at every source. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Writes only if the stage still has this `updatedAt`. */
  readonly ifUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The name that it is to have. */
  readonly label: Scalars['String']['input'];
  /** Merged into the metadata that the stage has. */
  readonly meta?: InputMaybe<StageMetaInput>;
};

/** What `replacePipelineStage` did. */
export type ReplacePipelineStagePayload = {
  readonly __typename?: 'ReplacePipelineStagePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** Records that the upstream says it moved, because the stage has another name or for reasons of its own. */
  readonly migrations: ReadonlyArray<StageMigration>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline that has the stage, read after the write. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** The stage, read after the write; null if nothing was written, or if it could not be read. */
  readonly stage: Maybe<Stage>;
};

/** Exactly one of `auditEntryId` and `snapshot`. */
export type RestorePipelineInput = {
  /** The id of an audit entry of a pipeline that still exists. NOT_FOUND if the entry's `before` is null. */
  readonly auditEntryId?: InputMaybe<Scalars['ID']['input']>;
  /** Writes only if the pipeline still exists and has this `revision`. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** Gives the pipeline this label instead of the old one. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /**
   * The `document` of a snapshot, for example of any payload's `before`. A pipeline that still exists is made as the document says,
   * one that is gone is created again. If the source gives ids itself, stages are found by their ids, else by their labels.
   * At the organization API, which makes every stage that a write names active, archived stages do not come back.
   */
  readonly snapshot?: InputMaybe<Scalars['JSON']['input']>;
  /** Restores the snapshot into this source instead of its own, for example if its own is no longer served. */
  readonly toSourceName?: InputMaybe<Scalars['String']['input']>;
  /** Refuses to remove a stage that records are in; what the source cannot check, it warns of, as in `replacePipeline`. */
  readonly validateReferences?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What `restorePipeline` did. */
export type RestorePipelinePayload = {
  readonly __typename?: 'RestorePipelinePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline, read after the write; null if nothing was written, or if it could not be read. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** What the write did although something speaks against it. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** The pipeline's own fields and stages, as in `ReplacePipelinePlan`. */
export type RestorePipelinePlan = {
  readonly __typename?: 'RestorePipelinePlan';
  /** What would change. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing would be written, as far as it can be known beforehand. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /**
   * The recorded changes since the state that would be restored, newest first: the restore undoes them, whoever made them. Empty if
   * the source has no history, or if it does not show that state.
   */
  readonly undoes: ReadonlyArray<AuditEntry>;
  /** What the restore would do although something speaks against it, and if something must be removed before all else is there. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** A step on the way of a record through a pipeline. */
export type Stage = {
  readonly __typename?: 'Stage';
  /** Whether it is archived: its records keep it, new ones cannot be put into it. */
  readonly archived: Scalars['Boolean']['output'];
  /** When it was archived; null if it is not, or if the upstream does not tell. */
  readonly archivedAt: Maybe<Scalars['DateTime']['output']>;
  /** Changes to the stage, newest first. Null without a history, as at `Pipeline.audit`. */
  readonly audit: Maybe<AuditEntryConnection>;
  /** When it was created; null where the upstream has none. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Stages sort by this, then by label as in an English dictionary, then by id. */
  readonly displayOrder: Scalars['Int']['output'];
  /** Unique across all sources. Treat it as opaque. */
  readonly id: Scalars['ID']['output'];
  /** The name that people see. */
  readonly label: Scalars['String']['output'];
  /** What the stage means to the upstream, typed. */
  readonly meta: StageMeta;
  /** The upstream's name of the kind of record that passes it. */
  readonly objectType: Scalars['String']['output'];
  /** The same question answered for every source: what does a record in this stage mean? */
  readonly outcome: StageOutcome;
  /** The pipeline that it is of. */
  readonly pipeline: Pipeline;
  /** A digest of the stage's content: it changes whenever anything in it does. For `ifRevision`. */
  readonly revision: Scalars['String']['output'];
  /** The name of the source that it is in. */
  readonly sourceName: Scalars['String']['output'];
  /** The upstream's id: what a HubSpot deal holds in `dealstage` and a ticket in `hs_pipeline_stage`. */
  readonly stageId: Scalars['String']['output'];
  /** When it was changed last; null where the upstream has none. `revision` is there for every stage. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who may put records into it, at HubSpot; null elsewhere. */
  readonly writePermissions: Maybe<StageWritePermissions>;
};


/** A step on the way of a record through a pipeline. */
export type StageAuditArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Records are in a stage that the write would remove. */
export type StageInUseError = PipelineMutationError & {
  readonly __typename?: 'StageInUseError';
  /** What went wrong, for programs. */
  readonly code: PipelineMutationErrorCode;
  /** The upstream's id for the failed call, for its support desk; null if no call failed. */
  readonly correlationId: Maybe<Scalars['String']['output']>;
  /** Whether the write, or part of it, happened or may have. */
  readonly mayHaveBeenApplied: Scalars['Boolean']['output'];
  /** What went wrong, for a person. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that is at fault; null if none is. */
  readonly path: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** How many records the upstream names in all. */
  readonly recordCount: Scalars['Int']['output'];
  /** The upstream ids of the records, at most a hundred of them. */
  readonly recordIds: ReadonlyArray<Scalars['String']['output']>;
  /** The upstream's ids of the stages. */
  readonly stageIds: ReadonlyArray<Scalars['String']['output']>;
  /** The stages, as far as the pipeline that was read before the write has them. */
  readonly stages: ReadonlyArray<Stage>;
};

/** A stage's metadata, typed by the object type of its pipeline. */
export type StageMeta = DealStageMeta | GenericStageMeta | OrganizationStageMeta | TicketStageMeta;

/** Only the fields that the pipeline's object type has: `probability` for deals, `ticketState` for tickets, `state` for every other HubSpot type, `color` for the organization API. */
export type StageMetaInput = {
  /** Organization API only: `#RRGGBB`. */
  readonly color?: InputMaybe<Scalars['String']['input']>;
  /** Deals only: how likely a deal in this stage closes, from 0 to 1. */
  readonly probability?: InputMaybe<Scalars['Float']['input']>;
  /** HubSpot's other object types only: whether a record in this stage is open or closed. */
  readonly state?: InputMaybe<TicketStageState>;
  /** Tickets only: whether a ticket in this stage is open or closed. */
  readonly ticketState?: InputMaybe<TicketStageState>;
};

/** Records that went from one stage to another; a label is empty if the upstream's words do not tell it. */
export type StageMigration = {
  readonly __typename?: 'StageMigration';
  /** The stage that they were in. */
  readonly fromLabel: Scalars['String']['output'];
  /** How many there were. */
  readonly recordCount: Scalars['Int']['output'];
  /** The stage that they are in now. */
  readonly toLabel: Scalars['String']['output'];
};

/** What a record in a stage has come to. */
export type StageOutcome =
  /** It is done. */
  | 'CLOSED'
  /** The deal was not made. */
  | 'LOST'
  /** It is still worked on. */
  | 'OPEN'
  /** The upstream does not tell. */
  | 'UNKNOWN'
  /** The deal was made. */
  | 'WON';

/** A stage as it was at one moment. */
export type StageSnapshot = {
  readonly __typename?: 'StageSnapshot';
  /** The number that stages are sorted by. */
  readonly displayOrder: Scalars['Int']['output'];
  /** The name that people see. */
  readonly label: Scalars['String']['output'];
  /** What the stage means to the upstream. */
  readonly meta: StageMeta;
  /** The upstream's id. */
  readonly stageId: Scalars['String']['output'];
};

/** Who may put records into a stage. */
export type StageWritePermissions =
  /** Whoever HubSpot's permissions let. */
  | 'CRM_PERMISSIONS_ENFORCEMENT'
  /** HubSpot alone. */
  | 'INTERNAL_ONLY'
  /** A value that this gateway does not know yet. */
  | 'OTHER'
  /** Nobody. */
  | 'READ_ONLY';

/** A pipeline, and the source in which another one is to be like it. */
export type SyncPipelineInput = {
  /** Writes although what a stage means (probability, state, outcome) cannot be carried; the payload names it. */
  readonly allowLoss?: InputMaybe<Scalars['Boolean']['input']>;
  /** The original. */
  readonly id: Scalars['ID']['input'];
  /** Writes only if the pipeline in the other source exists and still has this `revision`. */
  readonly ifRevision?: InputMaybe<Scalars['String']['input']>;
  /** The label there. Left out, that of the original. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** The object type there. Left out, that of the original, or else the only one of the source. */
  readonly toObjectType?: InputMaybe<Scalars['String']['input']>;
  /** Where the pipeline with the same id is to be like it. Not a source that gives ids itself. */
  readonly toSourceName: Scalars['String']['input'];
  /** Refuses to remove a stage that records are in; what the source cannot check, it warns of, as in `replacePipeline`. */
  readonly validateReferences?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What `syncPipeline` did. */
export type SyncPipelinePayload = {
  readonly __typename?: 'SyncPipelinePayload';
  /** The pipeline as it was before the write, for `restorePipeline`. Null if it is not known, or if there was none. */
  readonly before: Maybe<PipelineSnapshot>;
  /** What the write changed. Empty if everything was as asked already: then nothing was sent. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing, or not all, was written; empty after a success. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /**
   * What the other pipeline lacks, as far as upstreams tell it: from the original to it. Required properties, automation and
   * permissions are in no upstream's pipelines, so they are never carried and never named.
   */
  readonly notCarried: ReadonlyArray<PipelineChange>;
  /** What others changed between the gateway's read and its write, and the write undid. Asks the history, if there is one. */
  readonly overwrote: ReadonlyArray<PipelineChange>;
  /** The pipeline of the other source. */
  readonly pipeline: Maybe<Pipeline>;
  /** True if the upstream acknowledged the write, and reads do not show it yet. */
  readonly settling: Scalars['Boolean']['output'];
  /** What the write did although something speaks against it. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** The pipeline's own fields and stages, as in `ReplacePipelinePlan`. */
export type SyncPipelinePlan = {
  readonly __typename?: 'SyncPipelinePlan';
  /** What would change in the other source. */
  readonly changes: ReadonlyArray<PipelineChange>;
  /** Why nothing would be written, as far as it can be known beforehand. */
  readonly errors: ReadonlyArray<PipelineMutationError>;
  /** What the other pipeline would lack, from the original to it. */
  readonly notCarried: ReadonlyArray<PipelineChange>;
  /** What the sync would do although something speaks against it, and if something must be removed before all else is there. */
  readonly warnings: ReadonlyArray<PipelineWarning>;
};

/** Metadata of a stage of tickets. */
export type TicketStageMeta = {
  readonly __typename?: 'TicketStageMeta';
  /** Whether a ticket in this stage is closed. */
  readonly isClosed: Scalars['Boolean']['output'];
  /** The metadata as the upstream sent it. */
  readonly raw: Scalars['JSON']['output'];
  /** Whether a ticket in this stage is open or closed. */
  readonly ticketState: TicketStageState;
};

/** Whether a record is still worked on. */
export type TicketStageState =
  /** It is done. */
  | 'CLOSED'
  /** It is. */
  | 'OPEN';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Pipeline: Pipeline;
  PipelineSource: PipelineSource;
  Stage: Stage;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Pipeline:
    ( { __typename: 'Pipeline' }
    & ( GraphQLRecursivePick<FederationTypes['Pipeline'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Pipeline'], {"sourceName":true,"objectType":true,"pipelineId":true}> ) );
  PipelineSource:
    ( { __typename: 'PipelineSource' }
    & GraphQLRecursivePick<FederationTypes['PipelineSource'], {"name":true}> );
  Stage:
    ( { __typename: 'Stage' }
    & ( GraphQLRecursivePick<FederationTypes['Stage'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Stage'], {"sourceName":true,"objectType":true,"stageId":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AuditEntrySnapshot:
    | ( PipelineSnapshotModel & { __typename: 'PipelineSnapshot' } )
    | ( StageSnapshotModel & { __typename: 'StageSnapshot' } )
  ;
  StageMeta:
    | ( DealStageMetaModel & { __typename: 'DealStageMeta' } )
    | ( GenericStageMetaModel & { __typename: 'GenericStageMeta' } )
    | ( OrganizationStageMetaModel & { __typename: 'OrganizationStageMeta' } )
    | ( TicketStageMetaModel & { __typename: 'TicketStageMeta' } )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ArchivePipelineInput: ArchivePipelineInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ArchivePipelinePayload: ResolverTypeWrapper<Omit<ArchivePipelinePayload, 'before' | 'errors' | 'movedRecordsTo' | 'snapshot'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, movedRecordsTo?: Maybe<ResolversTypes['Stage']>, snapshot?: Maybe<ResolversTypes['PipelineSnapshot']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ArchivePipelineStageInput: ArchivePipelineStageInput;
  ArchivePipelineStagePayload: ResolverTypeWrapper<Omit<ArchivePipelineStagePayload, 'before' | 'errors' | 'movedRecordsTo' | 'pipeline' | 'snapshot'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, movedRecordsTo?: Maybe<ResolversTypes['Stage']>, pipeline?: Maybe<ResolversTypes['Pipeline']>, snapshot?: Maybe<ResolversTypes['StageSnapshot']> }>;
  AuditEntry: ResolverTypeWrapper<AuditEntryModel>;
  AuditEntryAction: AuditEntryAction;
  AuditEntryConnection: ResolverTypeWrapper<AuditPage>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditEntrySnapshot: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AuditEntrySnapshot']>;
  CopyPipelineInput: CopyPipelineInput;
  CopyPipelinePayload: ResolverTypeWrapper<Omit<CopyPipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  CreatePipelineInput: CreatePipelineInput;
  CreatePipelinePayload: ResolverTypeWrapper<Omit<CreatePipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  CreatePipelineStageInput: CreatePipelineStageInput;
  CreatePipelineStagePayload: ResolverTypeWrapper<Omit<CreatePipelineStagePayload, 'before' | 'errors' | 'pipeline' | 'stage'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']>, stage?: Maybe<ResolversTypes['Stage']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DealStageMeta: ResolverTypeWrapper<DealStageMetaModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GenericStageMeta: ResolverTypeWrapper<GenericStageMetaModel>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OrganizationStageMeta: ResolverTypeWrapper<OrganizationStageMetaModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PatchPipelineInput: PatchPipelineInput;
  PatchPipelinePayload: ResolverTypeWrapper<Omit<PatchPipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  PatchPipelineStageInput: PatchPipelineStageInput;
  PatchPipelineStagePayload: ResolverTypeWrapper<Omit<PatchPipelineStagePayload, 'before' | 'errors' | 'pipeline' | 'stage'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']>, stage?: Maybe<ResolversTypes['Stage']> }>;
  PatchPipelineStagesInput: PatchPipelineStagesInput;
  PatchPipelineStagesPayload: ResolverTypeWrapper<Omit<PatchPipelineStagesPayload, 'before' | 'errors' | 'pipeline' | 'stages'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']>, stages: ReadonlyArray<ResolversTypes['Stage']> }>;
  Pipeline: ResolverTypeWrapper<PipelineModel>;
  PipelineAccessDeniedError: ResolverTypeWrapper<AccessDeniedProblem>;
  PipelineCapability: PipelineCapability;
  PipelineChange: ResolverTypeWrapper<PipelineChange>;
  PipelineChangeKind: PipelineChangeKind;
  PipelineConflictError: ResolverTypeWrapper<ConflictProblem>;
  PipelineConnection: ResolverTypeWrapper<PipelinePage>;
  PipelineEdge: ResolverTypeWrapper<Omit<PipelineEdge, 'node'> & { node: ResolversTypes['Pipeline'] }>;
  PipelineFilter: PipelineFilter;
  PipelineFinding: ResolverTypeWrapper<PipelineFinding>;
  PipelineFindingRule: PipelineFindingRule;
  PipelineFindingSeverity: PipelineFindingSeverity;
  PipelineInvalidInputError: ResolverTypeWrapper<InvalidInputProblem>;
  PipelineInvalidInputReason: PipelineInvalidInputReason;
  PipelineLimitExceededError: ResolverTypeWrapper<LimitExceededProblem>;
  PipelineMetaField: ResolverTypeWrapper<PipelineMetaField>;
  PipelineMutationError: ResolverTypeWrapper<Problem>;
  PipelineMutationErrorCode: PipelineMutationErrorCode;
  PipelineNotFoundError: ResolverTypeWrapper<NotFoundProblem>;
  PipelineObjectType: ResolverTypeWrapper<Collection>;
  PipelineRateLimitedError: ResolverTypeWrapper<RateLimitedProblem>;
  PipelineSnapshot: ResolverTypeWrapper<PipelineSnapshotModel>;
  PipelineSource: ResolverTypeWrapper<PipelineSourceModel>;
  PipelineSourceCircuit: PipelineSourceCircuit;
  PipelineSourceFailure: ResolverTypeWrapper<PipelineSourceFailure>;
  PipelineSourceKind: PipelineSourceKind;
  PipelineSourceRateLimit: ResolverTypeWrapper<PipelineSourceRateLimit>;
  PipelineSourceStatus: ResolverTypeWrapper<PipelineSourceStatus>;
  PipelineStageInput: PipelineStageInput;
  PipelineStagePatchInput: PipelineStagePatchInput;
  PipelineStaleError: ResolverTypeWrapper<StaleProblem>;
  PipelineStaleRead: ResolverTypeWrapper<PipelineStaleRead>;
  PipelineUnsupportedError: ResolverTypeWrapper<UnsupportedProblem>;
  PipelineUpstreamError: ResolverTypeWrapper<UpstreamProblem>;
  PipelineViewer: ResolverTypeWrapper<Viewer>;
  PipelineWarning: ResolverTypeWrapper<PipelineWarning>;
  PipelineWarningCode: PipelineWarningCode;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReorderPipelineStagesInput: ReorderPipelineStagesInput;
  ReorderPipelineStagesPayload: ResolverTypeWrapper<Omit<ReorderPipelineStagesPayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  ReplacePipelineInput: ReplacePipelineInput;
  ReplacePipelinePayload: ResolverTypeWrapper<Omit<ReplacePipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  ReplacePipelinePlan: ResolverTypeWrapper<Omit<ReplacePipelinePlan, 'errors'> & { errors: ReadonlyArray<ResolversTypes['PipelineMutationError']> }>;
  ReplacePipelineStageInput: ReplacePipelineStageInput;
  ReplacePipelineStagePayload: ResolverTypeWrapper<Omit<ReplacePipelineStagePayload, 'before' | 'errors' | 'pipeline' | 'stage'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']>, stage?: Maybe<ResolversTypes['Stage']> }>;
  RestorePipelineInput: RestorePipelineInput;
  RestorePipelinePayload: ResolverTypeWrapper<Omit<RestorePipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  RestorePipelinePlan: ResolverTypeWrapper<Omit<RestorePipelinePlan, 'errors' | 'undoes'> & { errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, undoes: ReadonlyArray<ResolversTypes['AuditEntry']> }>;
  Stage: ResolverTypeWrapper<StageModel>;
  StageInUseError: ResolverTypeWrapper<StageInUseProblem>;
  StageMeta: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StageMeta']>;
  StageMetaInput: StageMetaInput;
  StageMigration: ResolverTypeWrapper<StageMigration>;
  StageOutcome: StageOutcome;
  StageSnapshot: ResolverTypeWrapper<StageSnapshotModel>;
  StageWritePermissions: StageWritePermissions;
  SyncPipelineInput: SyncPipelineInput;
  SyncPipelinePayload: ResolverTypeWrapper<Omit<SyncPipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversTypes['Pipeline']> }>;
  SyncPipelinePlan: ResolverTypeWrapper<Omit<SyncPipelinePlan, 'errors'> & { errors: ReadonlyArray<ResolversTypes['PipelineMutationError']> }>;
  TicketStageMeta: ResolverTypeWrapper<TicketStageMetaModel>;
  TicketStageState: TicketStageState;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ArchivePipelineInput: ArchivePipelineInput;
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  ArchivePipelinePayload: Omit<ArchivePipelinePayload, 'before' | 'errors' | 'movedRecordsTo' | 'snapshot'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, movedRecordsTo?: Maybe<ResolversParentTypes['Stage']>, snapshot?: Maybe<ResolversParentTypes['PipelineSnapshot']> };
  Int: Scalars['Int']['output'];
  ArchivePipelineStageInput: ArchivePipelineStageInput;
  ArchivePipelineStagePayload: Omit<ArchivePipelineStagePayload, 'before' | 'errors' | 'movedRecordsTo' | 'pipeline' | 'snapshot'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, movedRecordsTo?: Maybe<ResolversParentTypes['Stage']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']>, snapshot?: Maybe<ResolversParentTypes['StageSnapshot']> };
  AuditEntry: AuditEntryModel;
  AuditEntryConnection: AuditPage;
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditEntrySnapshot: ResolversUnionTypes<ResolversParentTypes>['AuditEntrySnapshot'];
  CopyPipelineInput: CopyPipelineInput;
  CopyPipelinePayload: Omit<CopyPipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  CreatePipelineInput: CreatePipelineInput;
  CreatePipelinePayload: Omit<CreatePipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  CreatePipelineStageInput: CreatePipelineStageInput;
  CreatePipelineStagePayload: Omit<CreatePipelineStagePayload, 'before' | 'errors' | 'pipeline' | 'stage'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']>, stage?: Maybe<ResolversParentTypes['Stage']> };
  DateTime: Scalars['DateTime']['output'];
  DealStageMeta: DealStageMetaModel;
  Float: Scalars['Float']['output'];
  GenericStageMeta: GenericStageMetaModel;
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  OrganizationStageMeta: OrganizationStageMetaModel;
  PageInfo: PageInfo;
  PatchPipelineInput: PatchPipelineInput;
  PatchPipelinePayload: Omit<PatchPipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  PatchPipelineStageInput: PatchPipelineStageInput;
  PatchPipelineStagePayload: Omit<PatchPipelineStagePayload, 'before' | 'errors' | 'pipeline' | 'stage'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']>, stage?: Maybe<ResolversParentTypes['Stage']> };
  PatchPipelineStagesInput: PatchPipelineStagesInput;
  PatchPipelineStagesPayload: Omit<PatchPipelineStagesPayload, 'before' | 'errors' | 'pipeline' | 'stages'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']>, stages: ReadonlyArray<ResolversParentTypes['Stage']> };
  Pipeline: PipelineModel;
  PipelineAccessDeniedError: AccessDeniedProblem;
  PipelineChange: PipelineChange;
  PipelineConflictError: ConflictProblem;
  PipelineConnection: PipelinePage;
  PipelineEdge: Omit<PipelineEdge, 'node'> & { node: ResolversParentTypes['Pipeline'] };
  PipelineFilter: PipelineFilter;
  PipelineFinding: PipelineFinding;
  PipelineInvalidInputError: InvalidInputProblem;
  PipelineLimitExceededError: LimitExceededProblem;
  PipelineMetaField: PipelineMetaField;
  PipelineMutationError: Problem;
  PipelineNotFoundError: NotFoundProblem;
  PipelineObjectType: Collection;
  PipelineRateLimitedError: RateLimitedProblem;
  PipelineSnapshot: PipelineSnapshotModel;
  PipelineSource: PipelineSourceModel;
  PipelineSourceFailure: PipelineSourceFailure;
  PipelineSourceRateLimit: PipelineSourceRateLimit;
  PipelineSourceStatus: PipelineSourceStatus;
  PipelineStageInput: PipelineStageInput;
  PipelineStagePatchInput: PipelineStagePatchInput;
  PipelineStaleError: StaleProblem;
  PipelineStaleRead: PipelineStaleRead;
  PipelineUnsupportedError: UnsupportedProblem;
  PipelineUpstreamError: UpstreamProblem;
  PipelineViewer: Viewer;
  PipelineWarning: PipelineWarning;
  Query: Record<PropertyKey, never>;
  ReorderPipelineStagesInput: ReorderPipelineStagesInput;
  ReorderPipelineStagesPayload: Omit<ReorderPipelineStagesPayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  ReplacePipelineInput: ReplacePipelineInput;
  ReplacePipelinePayload: Omit<ReplacePipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  ReplacePipelinePlan: Omit<ReplacePipelinePlan, 'errors'> & { errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']> };
  ReplacePipelineStageInput: ReplacePipelineStageInput;
  ReplacePipelineStagePayload: Omit<ReplacePipelineStagePayload, 'before' | 'errors' | 'pipeline' | 'stage'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']>, stage?: Maybe<ResolversParentTypes['Stage']> };
  RestorePipelineInput: RestorePipelineInput;
  RestorePipelinePayload: Omit<RestorePipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  RestorePipelinePlan: Omit<RestorePipelinePlan, 'errors' | 'undoes'> & { errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, undoes: ReadonlyArray<ResolversParentTypes['AuditEntry']> };
  Stage: StageModel;
  StageInUseError: StageInUseProblem;
  StageMeta: ResolversUnionTypes<ResolversParentTypes>['StageMeta'];
  StageMetaInput: StageMetaInput;
  StageMigration: StageMigration;
  StageSnapshot: StageSnapshotModel;
  SyncPipelineInput: SyncPipelineInput;
  SyncPipelinePayload: Omit<SyncPipelinePayload, 'before' | 'errors' | 'pipeline'> & { before?: Maybe<ResolversParentTypes['PipelineSnapshot']>, errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']>, pipeline?: Maybe<ResolversParentTypes['Pipeline']> };
  SyncPipelinePlan: Omit<SyncPipelinePlan, 'errors'> & { errors: ReadonlyArray<ResolversParentTypes['PipelineMutationError']> };
  TicketStageMeta: TicketStageMetaModel;
};

export type ArchivePipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArchivePipelinePayload'] = ResolversParentTypes['ArchivePipelinePayload']> = {
  archivedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  movedRecordCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  movedRecordsTo?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  snapshot?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type ArchivePipelineStagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArchivePipelineStagePayload'] = ResolversParentTypes['ArchivePipelineStagePayload']> = {
  archivedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  movedRecordCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  movedRecordsTo?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  snapshot?: Resolver<Maybe<ResolversTypes['StageSnapshot']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['AuditEntryAction'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['AuditEntrySnapshot']>, ParentType, ContextType>;
  changes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['PipelineChange']>>, ParentType, ContextType>;
  fromUserId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  portalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rawAction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rawObject?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  timestamp?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditEntrySnapshotResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntrySnapshot'] = ResolversParentTypes['AuditEntrySnapshot']> = {
  __resolveType: TypeResolveFn<'PipelineSnapshot' | 'StageSnapshot', ParentType, ContextType>;
};

export type CopyPipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopyPipelinePayload'] = ResolversParentTypes['CopyPipelinePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  notCarried?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CreatePipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreatePipelinePayload'] = ResolversParentTypes['CreatePipelinePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CreatePipelineStagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreatePipelineStagePayload'] = ResolversParentTypes['CreatePipelineStagePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DealStageMetaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DealStageMeta'] = ResolversParentTypes['DealStageMeta']> = {
  isClosed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  raw?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GenericStageMetaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GenericStageMeta'] = ResolversParentTypes['GenericStageMeta']> = {
  raw?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['TicketStageState']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  archivePipeline?: Resolver<ResolversTypes['ArchivePipelinePayload'], ParentType, ContextType, RequireFields<MutationArchivePipelineArgs, 'input'>>;
  archivePipelineStage?: Resolver<ResolversTypes['ArchivePipelineStagePayload'], ParentType, ContextType, RequireFields<MutationArchivePipelineStageArgs, 'input'>>;
  copyPipeline?: Resolver<ResolversTypes['CopyPipelinePayload'], ParentType, ContextType, RequireFields<MutationCopyPipelineArgs, 'input'>>;
  createPipeline?: Resolver<ResolversTypes['CreatePipelinePayload'], ParentType, ContextType, RequireFields<MutationCreatePipelineArgs, 'input'>>;
  createPipelineStage?: Resolver<ResolversTypes['CreatePipelineStagePayload'], ParentType, ContextType, RequireFields<MutationCreatePipelineStageArgs, 'input'>>;
  patchPipeline?: Resolver<ResolversTypes['PatchPipelinePayload'], ParentType, ContextType, RequireFields<MutationPatchPipelineArgs, 'input'>>;
  patchPipelineStage?: Resolver<ResolversTypes['PatchPipelineStagePayload'], ParentType, ContextType, RequireFields<MutationPatchPipelineStageArgs, 'input'>>;
  patchPipelineStages?: Resolver<ResolversTypes['PatchPipelineStagesPayload'], ParentType, ContextType, RequireFields<MutationPatchPipelineStagesArgs, 'input'>>;
  reorderPipelineStages?: Resolver<ResolversTypes['ReorderPipelineStagesPayload'], ParentType, ContextType, RequireFields<MutationReorderPipelineStagesArgs, 'input'>>;
  replacePipeline?: Resolver<ResolversTypes['ReplacePipelinePayload'], ParentType, ContextType, RequireFields<MutationReplacePipelineArgs, 'input'>>;
  replacePipelineStage?: Resolver<ResolversTypes['ReplacePipelineStagePayload'], ParentType, ContextType, RequireFields<MutationReplacePipelineStageArgs, 'input'>>;
  restorePipeline?: Resolver<ResolversTypes['RestorePipelinePayload'], ParentType, ContextType, RequireFields<MutationRestorePipelineArgs, 'input'>>;
  syncPipeline?: Resolver<ResolversTypes['SyncPipelinePayload'], ParentType, ContextType, RequireFields<MutationSyncPipelineArgs, 'input'>>;
};

export type OrganizationStageMetaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationStageMeta'] = ResolversParentTypes['OrganizationStageMeta']> = {
  color?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  raw?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PatchPipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PatchPipelinePayload'] = ResolversParentTypes['PatchPipelinePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PatchPipelineStagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PatchPipelineStagePayload'] = ResolversParentTypes['PatchPipelineStagePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType>;
};

export type PatchPipelineStagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PatchPipelineStagesPayload'] = ResolversParentTypes['PatchPipelineStagesPayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['Stage']>, ParentType, ContextType>;
};

export type PipelineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Pipeline'] = ResolversParentTypes['Pipeline'], FederationReferenceType extends FederationReferenceTypes['Pipeline'] = FederationReferenceTypes['Pipeline']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Pipeline']> | FederationReferenceType, FederationReferenceType, ContextType>;
  archived?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  archivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  audit?: Resolver<Maybe<ResolversTypes['AuditEntryConnection']>, ParentType, ContextType, RequireFields<PipelineAuditArgs, 'first'>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['PipelineFinding']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organizationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  pipelineId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  readAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['PipelineSource'], ParentType, ContextType>;
  sourceName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['Stage']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  updatedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type PipelineAccessDeniedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineAccessDeniedError'] = ResolversParentTypes['PipelineAccessDeniedError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  requiredScopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineChange'] = ResolversParentTypes['PipelineChange']> = {
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PipelineChangeKind'], ParentType, ContextType>;
  stageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PipelineConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineConflictError'] = ResolversParentTypes['PipelineConflictError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineConnection'] = ResolversParentTypes['PipelineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PipelineEdge']>, ParentType, ContextType>;
  failures?: Resolver<ReadonlyArray<ResolversTypes['PipelineSourceFailure']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  stale?: Resolver<ReadonlyArray<ResolversTypes['PipelineStaleRead']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PipelineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineEdge'] = ResolversParentTypes['PipelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Pipeline'], ParentType, ContextType>;
};

export type PipelineFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineFinding'] = ResolversParentTypes['PipelineFinding']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['PipelineFindingRule'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['PipelineFindingSeverity'], ParentType, ContextType>;
  stageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PipelineInvalidInputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineInvalidInputError'] = ResolversParentTypes['PipelineInvalidInputError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['PipelineInvalidInputReason'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineLimitExceededErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineLimitExceededError'] = ResolversParentTypes['PipelineLimitExceededError']> = {
  actual?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineMetaFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineMetaField'] = ResolversParentTypes['PipelineMetaField']> = {
  greatest?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  isRequired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  least?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  step?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  values?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type PipelineMutationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineMutationError'] = ResolversParentTypes['PipelineMutationError']> = {
  __resolveType: TypeResolveFn<'PipelineAccessDeniedError' | 'PipelineConflictError' | 'PipelineInvalidInputError' | 'PipelineLimitExceededError' | 'PipelineNotFoundError' | 'PipelineRateLimitedError' | 'PipelineStaleError' | 'PipelineUnsupportedError' | 'PipelineUpstreamError' | 'StageInUseError', ParentType, ContextType>;
};

export type PipelineNotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineNotFoundError'] = ResolversParentTypes['PipelineNotFoundError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineObjectTypeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineObjectType'] = ResolversParentTypes['PipelineObjectType']> = {
  idPattern?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  maxLabelLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxPipelineIdLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxStageIdLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxStages?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  metaField?: Resolver<ResolversTypes['PipelineMetaField'], ParentType, ContextType>;
  moveRecords?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pluralLabel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  singularLabel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validateReferences?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PipelineRateLimitedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineRateLimitedError'] = ResolversParentTypes['PipelineRateLimitedError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  policy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineSnapshotResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineSnapshot'] = ResolversParentTypes['PipelineSnapshot']> = {
  displayOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  document?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pipelineId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['StageSnapshot']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineSource'] = ResolversParentTypes['PipelineSource'], FederationReferenceType extends FederationReferenceTypes['PipelineSource'] = FederationReferenceTypes['PipelineSource']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PipelineSource']> | FederationReferenceType, FederationReferenceType, ContextType>;
  apiVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['PipelineCapability']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PipelineSourceKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectTypes?: Resolver<ReadonlyArray<ResolversTypes['PipelineObjectType']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PipelineSourceStatus'], ParentType, ContextType>;
  sunsetAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PipelineSourceFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineSourceFailure'] = ResolversParentTypes['PipelineSourceFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  sourceName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PipelineSourceRateLimitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineSourceRateLimit'] = ResolversParentTypes['PipelineSourceRateLimit']> = {
  intervalSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PipelineSourceStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineSourceStatus'] = ResolversParentTypes['PipelineSourceStatus']> = {
  circuit?: Resolver<ResolversTypes['PipelineSourceCircuit'], ParentType, ContextType>;
  rateLimits?: Resolver<ReadonlyArray<ResolversTypes['PipelineSourceRateLimit']>, ParentType, ContextType>;
};

export type PipelineStaleErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineStaleError'] = ResolversParentTypes['PipelineStaleError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  revision?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineStaleReadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineStaleRead'] = ResolversParentTypes['PipelineStaleRead']> = {
  ageSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  objectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PipelineUnsupportedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineUnsupportedError'] = ResolversParentTypes['PipelineUnsupportedError']> = {
  capability?: Resolver<ResolversTypes['PipelineCapability'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineUpstreamErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineUpstreamError'] = ResolversParentTypes['PipelineUpstreamError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PipelineViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineViewer'] = ResolversParentTypes['PipelineViewer']> = {
  canRead?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  canWrite?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PipelineWarningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PipelineWarning'] = ResolversParentTypes['PipelineWarning']> = {
  code?: Resolver<ResolversTypes['PipelineWarningCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType, RequireFields<QueryPipelineArgs, 'id'>>;
  pipelineByKey?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType, RequireFields<QueryPipelineByKeyArgs, 'objectType' | 'pipelineId'>>;
  pipelineDiff?: Resolver<Maybe<ReadonlyArray<ResolversTypes['PipelineChange']>>, ParentType, ContextType, RequireFields<QueryPipelineDiffArgs, 'a' | 'b'>>;
  pipelineReplacePlan?: Resolver<ResolversTypes['ReplacePipelinePlan'], ParentType, ContextType, RequireFields<QueryPipelineReplacePlanArgs, 'input'>>;
  pipelineSource?: Resolver<Maybe<ResolversTypes['PipelineSource']>, ParentType, ContextType, RequireFields<QueryPipelineSourceArgs, 'name'>>;
  pipelineSources?: Resolver<ReadonlyArray<ResolversTypes['PipelineSource']>, ParentType, ContextType>;
  pipelineStage?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType, RequireFields<QueryPipelineStageArgs, 'id'>>;
  pipelineStageByKey?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType, RequireFields<QueryPipelineStageByKeyArgs, 'objectType' | 'stageId'>>;
  pipelines?: Resolver<ResolversTypes['PipelineConnection'], ParentType, ContextType, RequireFields<QueryPipelinesArgs, 'first'>>;
  restorePipelinePlan?: Resolver<ResolversTypes['RestorePipelinePlan'], ParentType, ContextType, RequireFields<QueryRestorePipelinePlanArgs, 'input'>>;
  syncPipelinePlan?: Resolver<ResolversTypes['SyncPipelinePlan'], ParentType, ContextType, RequireFields<QuerySyncPipelinePlanArgs, 'input'>>;
  viewer?: Resolver<ResolversTypes['PipelineViewer'], ParentType, ContextType>;
};

export type ReorderPipelineStagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReorderPipelineStagesPayload'] = ResolversParentTypes['ReorderPipelineStagesPayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReplacePipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplacePipelinePayload'] = ResolversParentTypes['ReplacePipelinePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type ReplacePipelinePlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplacePipelinePlan'] = ResolversParentTypes['ReplacePipelinePlan']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type ReplacePipelineStagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplacePipelineStagePayload'] = ResolversParentTypes['ReplacePipelineStagePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  migrations?: Resolver<ReadonlyArray<ResolversTypes['StageMigration']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['Stage']>, ParentType, ContextType>;
};

export type RestorePipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestorePipelinePayload'] = ResolversParentTypes['RestorePipelinePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type RestorePipelinePlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestorePipelinePlan'] = ResolversParentTypes['RestorePipelinePlan']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  undoes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type StageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Stage'] = ResolversParentTypes['Stage'], FederationReferenceType extends FederationReferenceTypes['Stage'] = FederationReferenceTypes['Stage']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Stage']> | FederationReferenceType, FederationReferenceType, ContextType>;
  archived?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  archivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  audit?: Resolver<Maybe<ResolversTypes['AuditEntryConnection']>, ParentType, ContextType, RequireFields<StageAuditArgs, 'first'>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  displayOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meta?: Resolver<ResolversTypes['StageMeta'], ParentType, ContextType>;
  objectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['StageOutcome'], ParentType, ContextType>;
  pipeline?: Resolver<ResolversTypes['Pipeline'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stageId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  writePermissions?: Resolver<Maybe<ResolversTypes['StageWritePermissions']>, ParentType, ContextType>;
};

export type StageInUseErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StageInUseError'] = ResolversParentTypes['StageInUseError']> = {
  code?: Resolver<ResolversTypes['PipelineMutationErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mayHaveBeenApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  recordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  stageIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['Stage']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StageMetaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StageMeta'] = ResolversParentTypes['StageMeta']> = {
  __resolveType: TypeResolveFn<'DealStageMeta' | 'GenericStageMeta' | 'OrganizationStageMeta' | 'TicketStageMeta', ParentType, ContextType>;
};

export type StageMigrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StageMigration'] = ResolversParentTypes['StageMigration']> = {
  fromLabel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  toLabel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StageSnapshotResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StageSnapshot'] = ResolversParentTypes['StageSnapshot']> = {
  displayOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meta?: Resolver<ResolversTypes['StageMeta'], ParentType, ContextType>;
  stageId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SyncPipelinePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncPipelinePayload'] = ResolversParentTypes['SyncPipelinePayload']> = {
  before?: Resolver<Maybe<ResolversTypes['PipelineSnapshot']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  notCarried?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  overwrote?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  pipeline?: Resolver<Maybe<ResolversTypes['Pipeline']>, ParentType, ContextType>;
  settling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type SyncPipelinePlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncPipelinePlan'] = ResolversParentTypes['SyncPipelinePlan']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['PipelineMutationError']>, ParentType, ContextType>;
  notCarried?: Resolver<ReadonlyArray<ResolversTypes['PipelineChange']>, ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['PipelineWarning']>, ParentType, ContextType>;
};

export type TicketStageMetaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketStageMeta'] = ResolversParentTypes['TicketStageMeta']> = {
  isClosed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  raw?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  ticketState?: Resolver<ResolversTypes['TicketStageState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ArchivePipelinePayload?: ArchivePipelinePayloadResolvers<ContextType>;
  ArchivePipelineStagePayload?: ArchivePipelineStagePayloadResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AuditEntrySnapshot?: AuditEntrySnapshotResolvers<ContextType>;
  CopyPipelinePayload?: CopyPipelinePayloadResolvers<ContextType>;
  CreatePipelinePayload?: CreatePipelinePayloadResolvers<ContextType>;
  CreatePipelineStagePayload?: CreatePipelineStagePayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DealStageMeta?: DealStageMetaResolvers<ContextType>;
  GenericStageMeta?: GenericStageMetaResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  OrganizationStageMeta?: OrganizationStageMetaResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PatchPipelinePayload?: PatchPipelinePayloadResolvers<ContextType>;
  PatchPipelineStagePayload?: PatchPipelineStagePayloadResolvers<ContextType>;
  PatchPipelineStagesPayload?: PatchPipelineStagesPayloadResolvers<ContextType>;
  Pipeline?: PipelineResolvers<ContextType>;
  PipelineAccessDeniedError?: PipelineAccessDeniedErrorResolvers<ContextType>;
  PipelineChange?: PipelineChangeResolvers<ContextType>;
  PipelineConflictError?: PipelineConflictErrorResolvers<ContextType>;
  PipelineConnection?: PipelineConnectionResolvers<ContextType>;
  PipelineEdge?: PipelineEdgeResolvers<ContextType>;
  PipelineFinding?: PipelineFindingResolvers<ContextType>;
  PipelineInvalidInputError?: PipelineInvalidInputErrorResolvers<ContextType>;
  PipelineLimitExceededError?: PipelineLimitExceededErrorResolvers<ContextType>;
  PipelineMetaField?: PipelineMetaFieldResolvers<ContextType>;
  PipelineMutationError?: PipelineMutationErrorResolvers<ContextType>;
  PipelineNotFoundError?: PipelineNotFoundErrorResolvers<ContextType>;
  PipelineObjectType?: PipelineObjectTypeResolvers<ContextType>;
  PipelineRateLimitedError?: PipelineRateLimitedErrorResolvers<ContextType>;
  PipelineSnapshot?: PipelineSnapshotResolvers<ContextType>;
  PipelineSource?: PipelineSourceResolvers<ContextType>;
  PipelineSourceFailure?: PipelineSourceFailureResolvers<ContextType>;
  PipelineSourceRateLimit?: PipelineSourceRateLimitResolvers<ContextType>;
  PipelineSourceStatus?: PipelineSourceStatusResolvers<ContextType>;
  PipelineStaleError?: PipelineStaleErrorResolvers<ContextType>;
  PipelineStaleRead?: PipelineStaleReadResolvers<ContextType>;
  PipelineUnsupportedError?: PipelineUnsupportedErrorResolvers<ContextType>;
  PipelineUpstreamError?: PipelineUpstreamErrorResolvers<ContextType>;
  PipelineViewer?: PipelineViewerResolvers<ContextType>;
  PipelineWarning?: PipelineWarningResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReorderPipelineStagesPayload?: ReorderPipelineStagesPayloadResolvers<ContextType>;
  ReplacePipelinePayload?: ReplacePipelinePayloadResolvers<ContextType>;
  ReplacePipelinePlan?: ReplacePipelinePlanResolvers<ContextType>;
  ReplacePipelineStagePayload?: ReplacePipelineStagePayloadResolvers<ContextType>;
  RestorePipelinePayload?: RestorePipelinePayloadResolvers<ContextType>;
  RestorePipelinePlan?: RestorePipelinePlanResolvers<ContextType>;
  Stage?: StageResolvers<ContextType>;
  StageInUseError?: StageInUseErrorResolvers<ContextType>;
  StageMeta?: StageMetaResolvers<ContextType>;
  StageMigration?: StageMigrationResolvers<ContextType>;
  StageSnapshot?: StageSnapshotResolvers<ContextType>;
  SyncPipelinePayload?: SyncPipelinePayloadResolvers<ContextType>;
  SyncPipelinePlan?: SyncPipelinePlanResolvers<ContextType>;
  TicketStageMeta?: TicketStageMetaResolvers<ContextType>;
};

