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
        contextType: '../context/context.ts#Context',
        scalars: {
          ID: 'string',
          // Instants are RFC 3339 text from the moment they are read, so that nothing is converted for each field.
          DateTime: 'string',
          JSON: 'unknown',
          _FieldSet: 'string',
        },
        mappers: {
          Pipeline: '../domain/pipeline.ts#Pipeline as PipelineModel',
          Stage: '../domain/pipeline.ts#Stage as StageModel',
          DealStageMeta: '../domain/stage-meta.ts#DealStageMeta as DealStageMetaModel',
          TicketStageMeta: '../domain/stage-meta.ts#TicketStageMeta as TicketStageMetaModel',
          OrganizationStageMeta: '../domain/stage-meta.ts#OrganizationStageMeta as OrganizationStageMetaModel',
          GenericStageMeta: '../domain/stage-meta.ts#GenericStageMeta as GenericStageMetaModel',
          PipelineSource: '../sources/source.ts#PipelineSource as PipelineSourceModel',
          PipelineObjectType: '../context/collections.ts#Collection',
          PipelineViewer: '../context/caller.ts#Viewer',
          PipelineConnection: '../domain/page.ts#PipelinePage',
          AuditEntryConnection: '../domain/page.ts#AuditPage',
          AuditEntry: '../domain/audit.ts#AuditEntry as AuditEntryModel',
          PipelineSnapshot: '../domain/snapshot.ts#PipelineSnapshot as PipelineSnapshotModel',
          StageSnapshot: '../domain/snapshot.ts#StageSnapshot as StageSnapshotModel',
          PipelineMutationError: '../domain/problems.ts#Problem',
          PipelineInvalidInputError: '../domain/problems.ts#InvalidInputProblem',
          PipelineNotFoundError: '../domain/problems.ts#NotFoundProblem',
          PipelineConflictError: '../domain/problems.ts#ConflictProblem',
          StageInUseError: '../domain/problems.ts#StageInUseProblem',
          PipelineLimitExceededError: '../domain/problems.ts#LimitExceededProblem',
          PipelineStaleError: '../domain/problems.ts#StaleProblem',
          PipelineUnsupportedError: '../domain/problems.ts#UnsupportedProblem',
          PipelineAccessDeniedError: '../domain/problems.ts#AccessDeniedProblem',
          PipelineRateLimitedError: '../domain/problems.ts#RateLimitedProblem',
          PipelineUpstreamError: '../domain/problems.ts#UpstreamProblem',
        },
      },
    },
  },
};

export default config;
