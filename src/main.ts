import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SandboxOptions } from '../sandbox/options.ts';
import { compareV1 } from './comparison/compare-v1.ts';
import { isOf } from './comparison/pair-sources.ts';
import { CommandLineError, describeUsage, readCommand } from './config/command-line.ts';
import { ConfigError, readConfig } from './config/config.ts';
import type { Config } from './config/config.ts';
import { readEnvironment } from './config/environment.ts';
import { printConfig } from './config/print-config.ts';
import { packageVersion } from './package/package.ts';
import { createServer } from './server.ts';
import { connectSources } from './sources/connect.ts';
import { sandboxSources } from './sources/sandbox.ts';
import type { Sources } from './sources/source.ts';
import { describeSunset } from './sources/sunset.ts';
import { createLog } from './telemetry/log.ts';
import { collectProcessMetrics, createMetrics } from './telemetry/metrics.ts';
import { addSourceMetrics } from './telemetry/source-metrics.ts';
import { startTracing } from './telemetry/tracing.ts';

/** How long requests in flight may take once new ones are refused. */
const graceMs = 8_000;

/** A start that failed for a reason that its one line says; anything else is a defect, and is shown with its stack. */
class StartError extends Error {
  override readonly name = 'StartError';
}

/** Starts the gateway, on the sandbox where no source is configured, and ends it on SIGTERM or SIGINT. */
async function main(config: Config): Promise<void> {
  const sandbox = config.sandbox === null ? null : await startSandbox(config.sandbox);
  const settings = sandbox === null ? config.sources : sandboxSources(sandbox.url);
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  collectProcessMetrics(metrics);
  const stopTracing = config.otlpEndpoint === null ? null : await startTracing(config.otlpEndpoint, log);
  const connected = connectSources(settings, { ...config.resilience, deadlineMs: config.deadlineMs, log });
  addSourceMetrics(metrics, connected);
  if (sandbox === null) warnOfSunsets(connected.sources, log);
  const server = await createServer(connected.sources, { ...config, log, metrics });
  const url = await start(server.listen(config), 'gateway', 'PORT');
  log.info({ version: packageVersion, node: process.versions.node }, 'started');

  const stop = async (): Promise<void> => {
    server.stopBeingReady();
    await sleep(config.shutdownDelayMs);
    await server.close(graceMs);
    await Promise.all([connected.close(), sandbox?.close(), stopTracing?.()]);
    process.exit(0);
  };
  let stopping: Promise<void> | null = null;
  // npm passes on a signal that the terminal has sent already, so the second one must change nothing.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (stopping ??= stop()));
  announce({
    url,
    graphiql: config.graphiql,
    names: settings.map(({ name }) => name),
    sandboxUrl: sandbox?.url,
  });
}

/** Prints the comparison of v1 and the version after it, on a sandbox of its own if no source is configured; gives the exit code. */
async function compare({ sandbox: options, sources, deadlineMs, resilience }: Config): Promise<number> {
  const sandbox = options === null ? null : await startSandbox({ ...options, port: 0 });
  // Each source of the sandbox has an account of its own, so v1's is read in both versions.
  const settings =
    sandbox === null ? sources : sandboxSources(sandbox.url).filter((source) => isOf(source, 'hubspot-v1'));
  const { text, exitCode } = await compareV1(settings, { deadlineMs, circuitRetryMs: resilience.circuitRetryMs });
  await sandbox?.close();
  console.log(text);
  return exitCode;
}

/** The sandbox serves every version whatever the date, so its sources are not warned of. */
function warnOfSunsets(sources: Sources, log: Logger): void {
  for (const source of sources) {
    const sentence = describeSunset(source, new Date());
    if (sentence !== null) log.warn({ source: source.name, sunsetAt: source.sunsetAt }, sentence);
  }
}

/** Starts the sandbox, which a process with sources of its own never loads. */
async function startSandbox(options: SandboxOptions) {
  const sandbox = await import('../sandbox/server.ts');
  return start(sandbox.startSandbox(options), 'sandbox', 'SANDBOX_PORT');
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'its port is in use',
  EACCES: 'its port may not be used without more rights',
  EADDRNOTAVAIL: 'this machine does not have its address',
  ENOTFOUND: 'its address cannot be found',
};

async function start<T>(starting: Promise<T>, what: string, portVariable: string): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const reason = reasons[String(error.code)];
    const hint = error.code === 'EADDRINUSE' ? ` (${portVariable} chooses another)` : '';
    throw new StartError(`The ${what} cannot start: ${reason ?? error.message}${hint}.`, { cause: error });
  }
}

interface Announcement {
  readonly url: string;
  readonly graphiql: boolean;
  readonly names: readonly string[];
  readonly sandboxUrl: string | undefined;
}

function announce({ url, graphiql, names, sandboxUrl }: Announcement): void {
  console.log(`GraphQL   ${url}/graphql${graphiql ? ` (GraphiQL at ${url}/graphiql)` : ''}`);
  console.log(`Health    ${url}/health/ready`);
  console.log(`Sources   ${names.join(', ')}${sandboxUrl === undefined ? '' : ` (the sandbox at ${sandboxUrl})`}`);
}

/** Failures that their message says all about. */
const expectedErrors = [CommandLineError, ConfigError, StartError];

try {
  const command = readCommand(process.argv.slice(2));
  if (command === 'help') console.log(describeUsage());
  else if (command === 'version') console.log(packageVersion);
  else if (command === 'print-config') console.log(printConfig(readEnvironment(process.env), readConfig(process.env)));
  else if (command === 'compare-v1') process.exitCode = await compare(readConfig(process.env));
  else await main(readConfig(process.env));
} catch (error) {
  console.error(expectedErrors.some((kind) => error instanceof kind) ? (error as Error).message : error);
  // A comparison's 1 says that something differs.
  process.exit(process.argv.includes('--compare-v1') ? 2 : 1);
}
