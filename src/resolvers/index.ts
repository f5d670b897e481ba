import type { Resolver, Resolvers, ResolversParentTypes } from '../generated/schema.ts';
import { auditEntry, auditEntryConnection, auditEntrySnapshot } from './audit-entry.ts';
import { mutation } from './mutation.ts';
import { pipelineConnection } from './pipeline-connection.ts';
import { pipelineMutationError } from './pipeline-mutation-error.ts';
import { pipelineObjectType } from './pipeline-object-type.ts';
import { pipelineSnapshot } from './pipeline-snapshot.ts';
import { pipelineSource } from './pipeline-source.ts';
import { pipeline } from './pipeline.ts';
import { query } from './query.ts';
import { dateTime, json } from './scalars.ts';
import { stage, stageMeta } from './stage.ts';

type FieldsOf<Type extends keyof Resolvers> = Exclude<keyof NonNullable<Resolvers[Type]>, `__${string}`>;

/** What a field resolves to, by its resolver's type. */
type ResultOf<FieldResolver> =
  // eslint-disable-next-line typescript/no-explicit-any -- the other type arguments do not matter here
  NonNullable<FieldResolver> extends Resolver<infer Result, any, any, any> ? Result : never;

/** The fields that the model's own properties do not answer with the right type, so that need a resolver. */
type Unanswered<Type extends keyof Resolvers & keyof ResolversParentTypes> = {
  [Field in FieldsOf<Type>]: Field extends keyof ResolversParentTypes[Type]
    ? ResolversParentTypes[Type][Field] extends ResultOf<NonNullable<Resolvers[Type]>[Field]> | undefined
      ? never
      : Field
    : Field;
}[FieldsOf<Type>];

/** Every field of the SDL is answered by the model or by a resolver: one that is not fails to compile here. */
type CompleteResolvers = {
  [Type in keyof Resolvers & keyof ResolversParentTypes as Unanswered<Type> extends never ? never : Type]: Required<
    Pick<NonNullable<Resolvers[Type]>, Unanswered<Type>>
  >;
} & Required<Pick<Resolvers, 'Query' | 'Mutation'>>;

/** The map from GraphQL types to what resolves them. */
export const resolvers = {
  Query: query,
  Mutation: mutation,
  Pipeline: pipeline,
  PipelineConnection: pipelineConnection,
  PipelineObjectType: pipelineObjectType,
  PipelineSource: pipelineSource,
  PipelineSnapshot: pipelineSnapshot,
  PipelineMutationError: pipelineMutationError,
  Stage: stage,
  StageMeta: stageMeta,
  AuditEntry: auditEntry,
  AuditEntryConnection: auditEntryConnection,
  AuditEntrySnapshot: auditEntrySnapshot,
  DateTime: dateTime,
  JSON: json,
} satisfies CompleteResolvers & Resolvers;
