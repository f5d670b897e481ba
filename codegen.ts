import type { CodegenConfig } from '@graphql-codegen/cli';

/** Resolver types from the SDL: parents are the domain model, so that a renamed field is found by the compiler. */
const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  emitLegacyCommonJSImports: false,
  importExtension: '.ts' as const,
  generates: {
    // A leaf that every room may import, so that the resolver types below are for the rooms above the context only.
    'src/generated/enums.ts': {
      plugins: ['typescript'],
      config: { onlyEnums: true, enumsAsTypes: true },
    },
    'src/generated/schema.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        strictScalars: true,
        avoidOptionals: { field: true },
        resolversNonOptionalTypename: { unionMember: true },
        contextType: '../context.ts#Context',
        scalars: {
          ID: 'string',
          // Instants are RFC 3339 text from the moment they are read, so that nothing is converted for each field.
          DateTime: 'string',
          JSON: 'unknown',
          _FieldSet: 'string',
        },
        mappers: {
          Pipeline: '../model.ts#Pipeline as PipelineModel',
          Stage: '../model.ts#Stage as StageModel',
          DealStageMeta: '../model.ts#DealStageMeta as DealStageMetaModel',
          TicketStageMeta: '../model.ts#TicketStageMeta as TicketStageMetaModel',
          OrganizationStageMeta: '../model.ts#OrganizationStageMeta as OrganizationStageMetaModel',
          GenericStageMeta: '../model.ts#GenericStageMeta as GenericStageMetaModel',
          PipelineSource: '../sources/source.ts#PipelineSource as PipelineSourceModel',
          PipelineObjectType: '../sources/source.ts#ObjectType',
          PipelineConnection: '../page.ts#PipelinePage',
          AuditEntryConnection: '../page.ts#AuditPage',
          AuditEntry: '../audit.ts#AuditEntry as AuditEntryModel',
          PipelineSnapshot: '../snapshot.ts#PipelineSnapshot as PipelineSnapshotModel',
          StageSnapshot: '../snapshot.ts#StageSnapshot as StageSnapshotModel',
          PipelineMutationError: '../problem.ts#Problem',
          PipelineInvalidInputError: '../problem.ts#InvalidInputProblem',
          PipelineNotFoundError: '../problem.ts#NotFoundProblem',
          PipelineConflictError: '../problem.ts#ConflictProblem',
          StageInUseError: '../problem.ts#StageInUseProblem',
          PipelineLimitExceededError: '../problem.ts#LimitExceededProblem',
          PipelineStaleError: '../problem.ts#StaleProblem',
          PipelineUnsupportedError: '../problem.ts#UnsupportedProblem',
          PipelineAccessDeniedError: '../problem.ts#AccessDeniedProblem',
          PipelineRateLimitedError: '../problem.ts#RateLimitedProblem',
          PipelineUpstreamError: '../problem.ts#UpstreamProblem',
        },
      },
    },
  },
};

export default config;
