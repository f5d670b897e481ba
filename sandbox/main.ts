import { startSandbox } from './server.ts';
import { readSandboxSettings } from './settings.ts';

try {
  const sandbox = await startSandbox(readSandboxSettings(process.env));
  process.stdout.write(`Sandbox: HubSpot, crm-pipelines v1 and the organization API at ${sandbox.url}\n`);
  const stop = (): void => void sandbox.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
