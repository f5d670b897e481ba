import { z } from 'zod';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { readSandboxSettings, sandboxVariables } from '../../sandbox/settings.ts';
import { operationLimitVariables, toOperationLimits } from '../graphql/limits/limits.ts';
import type { OperationLimits } from '../graphql/limits/limits.ts';
import { noDocuments, readDocuments } from '../graphql/trusted-documents-files.ts';
import type { DocumentFiles } from '../graphql/trusted-documents-files.ts';
import type { TrustedDocumentsSettings } from '../graphql/trusted-documents-watch.ts';
import { accessVariables, toAccessSettings } from '../http/access-settings.ts';
import type { AccessSettings } from '../http/access-settings.ts';
import { corsVariables, toCorsSettings } from '../http/cors-settings.ts';
import type { CorsSettings } from '../http/cors-settings.ts';
import { httpLimitVariables, toHttpLimits } from '../http/limits.ts';
import type { HttpLimits } from '../http/limits.ts';
import { sourceVariables } from '../sources/index.ts';
import type { SourceSettings } from '../sources/index.ts';
import { toResilienceSettings, resilienceVariables } from '../sources/resilience.ts';
import type { ResilienceSettings } from '../sources/resilience.ts';
import type { LogLevel } from '../telemetry/log.ts';
import type { LoggedOperations } from '../telemetry/request-record.ts';
import { telemetryVariables } from '../telemetry/settings.ts';
import { listAccessProblems } from './access-checks.ts';
import { readEnvironment, toSentence } from './environment.ts';
import type { Checked, Environment } from './environment.ts';
import { modeVariables } from './mode.ts';
import { listProductionProblems } from './production-checks.ts';
import { isAnySourceSet, listReferences, readSources } from './sources.ts';
import { listUnknownVariables } from './unknown-variables.ts';

/** Everything that the gateway's start depends on. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly deadlineMs: number;
  readonly shutdownDelayMs: number;
  readonly logLevel: LogLevel;
  readonly logOperations: LoggedOperations;
  /** Where traces go; null where nothing is traced. */
  readonly otlpEndpoint: string | null;
  readonly access: AccessSettings;
  readonly resilience: ResilienceSettings;
  /** Whether GraphiQL is served. */
  readonly graphiql: boolean;
  readonly limits: HttpLimits & OperationLimits;
  /** What pages of other origins may do. */
  readonly cors: CorsSettings;
  /** Whether clients may read the schema, and errors suggest what was probably meant. */
  readonly introspection: boolean;
  /** Whether clients may look for an object by its id alone. */
  readonly node: boolean;
  readonly operations: TrustedDocumentsSettings;
  /** Empty where the sandbox is to be used. */
  readonly sources: readonly SourceSettings[];
  /** How to start the sandbox; null where sources are configured. */
  readonly sandbox: SandboxOptions | null;
}

/** A configuration that cannot be started with: every problem, by the name of what is at fault, without its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `- ${problem}`)].join('\n'));
  }
}

/** The gateway's own settings, by the names of their environment variables. */
export const gatewaySettings = z.object({
  HOST: z.string().default('127.0.0.1').describe('The address to listen on.'),
  PORT: z.coerce
    .number('must be a whole number from 0 to 65535')
    .int()
    .min(0)
    .max(65_535)
    .default(4000)
    .describe('The port to listen on; 0 takes a free one.'),
  GATEWAY_SOURCES: z.string().optional().describe('A JSON file that lists the sources.'),
  GATEWAY_DEADLINE_SECONDS: z.coerce
    .number('must be a number above 0 and at most 300')
    .positive()
    .max(300)
    .default(10)
    .describe('How long an operation may take. A caller may ask for less with the header x-deadline-ms.'),
  GATEWAY_SHUTDOWN_DELAY_SECONDS: z.coerce
    .number('must be a number from 0 to 3600')
    .min(0)
    .max(3600)
    .default(0)
    .describe('How long requests are still accepted after SIGTERM, while readiness is off.'),
  ...telemetryVariables,
  ...modeVariables,
  ...accessVariables,
  ...resilienceVariables,
  GATEWAY_GRAPHIQL: z
    .stringbool('must be true or false')
    .default(true)
    .describe('Whether GraphiQL is served at /graphiql.'),
  ...corsVariables,
  GATEWAY_INTROSPECTION: z
    .stringbool('must be true or false')
    .default(true)
    .describe('Whether clients may read the schema, and errors suggest what was probably meant.'),
  GATEWAY_NODE: z
    .stringbool('must be true or false')
    .default(true)
    .describe('Whether clients have `node(id)` and the interface `Node`, which Relay uses; routers never see them.'),
  GATEWAY_OPERATIONS: z
    .enum(['off', 'allow', 'only'], 'must be off, allow or only')
    .default('off')
    .describe(
      'Whether the operations of GATEWAY_OPERATIONS_FILE can be asked for by their ids; only refuses all others.',
    ),
  GATEWAY_OPERATIONS_FILE: z
    .string()
    .transform(toList)
    .optional()
    .describe(
      'Manifests of operations as GraphQL Code Generator, Apollo or Relay writes them: files or folders, comma-separated. Read again when they change.',
    ),
  ...httpLimitVariables,
  ...operationLimitVariables,
});

const knownVariables: readonly string[] = [
  ...Object.keys(gatewaySettings.shape),
  ...Object.values(sourceVariables).flatMap((variables) => variables.map(({ name }) => name)),
  ...Object.keys(sandboxVariables.shape),
];

/** Reads the configuration from the environment and the sources file that it names. Throws a ConfigError with all problems. */
export function readConfig(environment: Environment): Config {
  const env = readEnvironment(environment);
  const variables = gatewaySettings.safeParse(env);
  const sources = readSources(env);
  const operations = readOperations(env);
  const sandbox = readSandbox(env);
  // So that it is checked even if another variable is wrong.
  const host = gatewaySettings.shape.HOST.parse(env['HOST']);
  const problems = [
    ...(variables.error?.issues ?? []).map((issue) => toSentence(issue.path, issue)),
    ...sources.problems,
    ...operations.problems,
    ...sandbox.problems,
    ...listAccessProblems(env, sources.value, host),
    ...listProductionProblems(env, sources.value),
    ...listUnknownVariables(env, [...knownVariables, ...listReferences(env)]),
  ];
  const { data } = variables;
  if (data === undefined || problems.length > 0) throw new ConfigError(problems);
  return {
    host,
    port: data.PORT,
    deadlineMs: data.GATEWAY_DEADLINE_SECONDS * 1000,
    shutdownDelayMs: data.GATEWAY_SHUTDOWN_DELAY_SECONDS * 1000,
    logLevel: data.GATEWAY_LOG_LEVEL,
    logOperations: data.GATEWAY_LOG_OPERATIONS,
    otlpEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    access: toAccessSettings(data),
    resilience: toResilienceSettings(data),
    graphiql: data.GATEWAY_GRAPHIQL,
    limits: { ...toHttpLimits(data), ...toOperationLimits(data) },
    cors: toCorsSettings(data),
    introspection: data.GATEWAY_INTROSPECTION,
    node: data.GATEWAY_NODE,
    operations: { mode: data.GATEWAY_OPERATIONS, paths: data.GATEWAY_OPERATIONS_FILE ?? [], files: operations.value },
    sources: sources.value,
    sandbox: sandbox.value,
  };
}

function toList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readOperations(env: Environment): Checked<DocumentFiles> {
  const paths = toList(env['GATEWAY_OPERATIONS_FILE'] ?? '');
  const isWanted = gatewaySettings.shape.GATEWAY_OPERATIONS.safeParse(env['GATEWAY_OPERATIONS']).data !== 'off';
  const mismatch = isWanted === paths.length > 0 ? [] : ['goes together with GATEWAY_OPERATIONS=allow or only'];
  const value = paths.length === 0 ? noDocuments : readDocuments(paths);
  const problems = [...mismatch, ...value.problems].map((problem) => `GATEWAY_OPERATIONS_FILE: ${problem}`);
  return { value, problems };
}

/** How to start the sandbox; null if sources are configured. */
function readSandbox(env: Environment): Checked<SandboxOptions | null> {
  if (isAnySourceSet(env)) return { value: null, problems: [] };
  try {
    return { value: readSandboxSettings(env), problems: [] };
  } catch (error) {
    return { value: null, problems: toMessage(error).split('\n') };
  }
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
