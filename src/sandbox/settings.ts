import type { SandboxOptions } from './server.ts';

/** Reads the SANDBOX_* variables; throws one Error that lists every problem by the variable's name. */
export function readSandboxSettings(env: Readonly<Record<string, string | undefined>>): SandboxOptions {
  const port = Number(env['SANDBOX_PORT'] ?? 4010);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('SANDBOX_PORT must be a port number');
  const databasePath = env['SANDBOX_DB'];
  return { port, ...(databasePath === undefined || databasePath === '' ? {} : { databasePath }) };
}
