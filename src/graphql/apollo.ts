import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Context } from '../context/context.ts';
import { authorization } from './authorization.ts';
import { cacheControl } from './cache-control.ts';
import { formatError } from './errors.ts';
import { noteKeepable } from './keepable.ts';
import { knownOperationTypes } from './known-operation-types.ts';
import { countAnswers } from './limits/count-answers.ts';
import { limitOperations } from './limits/limit-operations.ts';
import type { OperationLimits } from './limits/limits.ts';
import { statusForPlainJson } from './plain-json-status.ts';
import { createSchema } from './schema.ts';
import { createStaleExtension } from './stale-extension.ts';
import { withoutSuggestions } from './suggestions.ts';
import { operationPlugin } from './telemetry.ts';
import { unreadStageErrors } from './unread-stages.ts';

/** What Apollo is put together with. */
interface ApolloOptions {
  readonly limits: OperationLimits;
  /** Whether clients may read the schema, and errors suggest what was probably meant. */
  readonly introspection: boolean;
  /** Whether clients may look for an object by its id alone. */
  readonly node: boolean;
  /** The most stages of a pipeline that any source takes. */
  readonly maxStages: number;
}

/** The Apollo server that runs the operations, not started yet. */
export function createApollo({ limits, introspection, node, maxStages }: ApolloOptions): ApolloServer<Context> {
  const schema = createSchema({ node });
  return new ApolloServer<Context>({
    schema,
    formatError: introspection ? formatError : (...error) => withoutSuggestions(formatError(...error)),
    includeStacktraceInErrorResponses: false,
    introspection,
    validationRules: [knownOperationTypes],
    allowBatchedHttpRequests: limits.batch > 0,
    stopOnTerminationSignals: false,
    plugins: [
      // First, so that what the others see of a refused answer is its refusal.
      countAnswers(schema, limits),
      operationPlugin,
      authorization,
      limitOperations(schema, limits, { stages: maxStages }),
      statusForPlainJson,
      // Cache hints cost 30 % on large answers, and nothing here gives any.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Whatever the environment holds, the gateway reports to nobody.
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      createStaleExtension(),
      unreadStageErrors,
      cacheControl,
      noteKeepable,
    ],
  });
}
