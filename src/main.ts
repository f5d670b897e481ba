import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { startSandbox } from './sandbox/server.ts';
import { readSandboxSettings } from './sandbox/settings.ts';
import { sandboxSources } from './sandbox-sources.ts';
import { createServer } from './server.ts';
import { createSource } from './sources/index.ts';

/** How long requests in flight may take once new ones are refused. */
const graceMs = 8_000;

/** Starts the gateway, on the sandbox where no source is configured, and ends it on SIGTERM or SIGINT. */
async function main(config: Config): Promise<void> {
  const sandbox = config.sources.length === 0 ? await startSandbox(readSandboxSettings(process.env)) : null;
  const settings = sandbox === null ? config.sources : sandboxSources(sandbox.url);
  const sources = settings.map(createSource);
  // Logs go to stderr: stdout says where to go, and nothing else.
  const log = pino({ level: 'warn' }, pino.destination(2));
  const server = await createServer(sources, { deadlineMs: config.deadlineMs, log });
  const url = await server.listen(config);

  const stop = async (): Promise<void> => {
    server.stopBeingReady();
    await sleep(config.shutdownDelayMs);
    await server.close(graceMs);
    await Promise.all([...sources.map((source) => source.close()), sandbox?.close()]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  announce(
    url,
    settings.map(({ name }) => name),
    sandbox?.url,
  );
}

function announce(url: string, names: readonly string[], sandboxUrl: string | undefined): void {
  console.log(`GraphQL   ${url}/graphql`);
  console.log(`Health    ${url}/health/ready`);
  console.log(`Sources   ${names.join(', ')}${sandboxUrl === undefined ? '' : ` (the sandbox at ${sandboxUrl})`}`);
}

try {
  await main(readConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
