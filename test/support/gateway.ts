import { pino } from 'pino';
import { request } from 'undici';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { readConfig } from '../../src/config/config.ts';
import { createServer } from '../../src/server.ts';
import type { GatewayServer, ServerOptions } from '../../src/server.ts';
import { connectSources } from '../../src/sources/connect.ts';
import type { SourceSettings } from '../../src/sources/index.ts';
import type { ResilienceSettings } from '../../src/sources/resilience.ts';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import type { Sources } from '../../src/sources/source.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { addSourceMetrics } from '../../src/telemetry/source-metrics.ts';
import { usualTimes } from './cache-times.ts';
import { controlSandbox } from './sandbox-control.ts';
import type { SandboxControl } from './sandbox-control.ts';

/** An answer over HTTP: GraphQL's parts, and the whole as it came. */
export interface Answer {
  readonly status: number;
  // A test knows the shape that it asked for.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[] | undefined;
  readonly extensions: Record<string, unknown> | undefined;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A gateway and a sandbox in this process, each listening on a port of its own. */
export interface TestGateway {
  readonly url: string;
  readonly sandbox: SandboxControl;
  /** What the gateway logged, a line each. */
  readonly logLines: readonly string[];
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** How a gateway differs from one that nothing is configured for. */
export interface TestGatewayOptions extends Partial<Omit<ServerOptions, 'log'>> {
  /** Made from the sandbox's URL; one source of each kind where left out. */
  readonly sources?: (sandboxUrl: string) => readonly SourceSettings[];
  /** No cache and no Redis where left out, so that every read shows the upstream as it is. */
  readonly resilience?: Partial<ResilienceSettings>;
  /** Other choices of the sandbox for what nobody knows. */
  readonly unknowns?: SandboxOptions['unknowns'];
  /** Settings of the gateway, as in the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const noResilience: ResilienceSettings = {
  cache: { ...usualTimes, freshMs: 0, staleMs: 0, staleOnErrorMs: 0, maxBytes: 16 * 1024 * 1024 },
  circuitRetryMs: 10_000,
  redisUrl: null,
};

/** A cache in which what was read stays fresh for a minute, so for as long as a test runs. */
export const keptForAMinute: ResilienceSettings['cache'] = {
  ...usualTimes,
  freshMs: 60_000,
  staleMs: 60_000,
  staleOnErrorMs: 60_000,
  maxBytes: 1024 * 1024,
};

/**
 * A server with what is configured where nothing is, unless `options` say otherwise. It says nothing, and GraphiQL is
 * off, because its files are read at the start.
 */
export function createTestServer(
  sources: Sources,
  { env = {}, ...options }: Partial<ServerOptions> & Pick<TestGatewayOptions, 'env'> = {},
): Promise<GatewayServer> {
  return createServer(sources, {
    ...readConfig(env),
    graphiql: false,
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    ...options,
  });
}

/** Starts both. The gateway is the real one, from the sources on, over real HTTP. */
export async function startTestGateway({ unknowns = {}, ...options }: TestGatewayOptions = {}): Promise<TestGateway> {
  const sandbox = await startSandbox({ port: 0, unknowns });
  const gateway = await startReplica(sandbox.url, options);
  return {
    ...gateway,
    async close() {
      await gateway.close();
      await sandbox.close();
    },
  };
}

/** Starts a gateway alone, on a sandbox that is there already and that its end leaves running. */
export async function startReplica(
  sandboxUrl: string,
  { sources: toSettings = sandboxSources, resilience = {}, ...options }: TestGatewayOptions = {},
): Promise<TestGateway> {
  const logLines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logLines.push(line) });
  const { deadlineMs = 10_000 } = options;
  const connected = connectSources(toSettings(sandboxUrl), { ...noResilience, ...resilience, deadlineMs, log });
  const metrics = createMetrics();
  addSourceMetrics(metrics, connected);
  const server = await createTestServer(connected.sources, { metrics, ...options, log });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    sandbox: controlSandbox(sandboxUrl),
    logLines,
    ask: (query, variables = {}, headers = {}) => ask(url, { query, variables }, headers),
    async close() {
      await server.close(0);
      await connected.close();
    },
  };
}

/** Posts a GraphQL request to a gateway. */
export async function ask(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  const { data, errors, extensions } = JSON.parse(text);
  return { status: answer.statusCode, data, errors, extensions, text, headers: answer.headers };
}
