import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sourceSettings, sourceVariables } from './sources/index.ts';
import type { SourceSettings } from './sources/index.ts';

/** Everything that the gateway's start depends on. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly deadlineMs: number;
  readonly shutdownDelayMs: number;
  /** Empty where nothing is configured, which means the sandbox. */
  readonly sources: readonly SourceSettings[];
}

/** A configuration that cannot be started with: every problem, by the name of what is at fault, without its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `- ${problem}`)].join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The gateway's own settings, by the names of their environment variables. */
export const gatewaySettings = z.object({
  HOST: z.string().default('127.0.0.1').describe('The address to listen on.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000).describe('The port to listen on; 0 takes a free one.'),
  GATEWAY_SOURCES: z.string().optional().describe('A JSON file that lists the sources.'),
  GATEWAY_DEADLINE_SECONDS: z.coerce
    .number()
    .positive()
    .max(300)
    .default(10)
    .describe('How long an operation may take. A caller may ask for less with the header x-deadline-ms.'),
  GATEWAY_SHUTDOWN_DELAY_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3600)
    .default(0)
    .describe('How long requests are still accepted after SIGTERM, while readiness is off.'),
});

/** Reads the configuration from the environment and the sources file that it names. Throws a ConfigError with all problems. */
export function readConfig(environment: Environment): Config {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems: string[] = [];
  const settings = gatewaySettings.safeParse(env);
  if (!settings.success) problems.push(...settings.error.issues.map((issue) => toSentence(issue.path, issue)));
  const sources = readSources(env, problems);
  const host = env['HOST'] ?? '127.0.0.1';
  if (!isLoopback(host) && (sources.length === 0 || sources.some(({ credential }) => credential.mode === 'static'))) {
    problems.push(
      'HOST: with a static upstream token and no inbound authentication only a loopback address is allowed',
    );
  }
  if (!settings.success || problems.length > 0) throw new ConfigError(problems);
  const { PORT, GATEWAY_DEADLINE_SECONDS, GATEWAY_SHUTDOWN_DELAY_SECONDS } = settings.data;
  return {
    host,
    port: PORT,
    deadlineMs: GATEWAY_DEADLINE_SECONDS * 1000,
    shutdownDelayMs: GATEWAY_SHUTDOWN_DELAY_SECONDS * 1000,
    sources,
  };
}

function readSources(env: Environment, problems: string[]): readonly SourceSettings[] {
  const file = env['GATEWAY_SOURCES'];
  if (file === undefined) return readSourceVariables(env, problems);
  const set = Object.values(sourceVariables)
    .flat()
    .map(({ name }) => name)
    .filter((name) => env[name] !== undefined);
  if (set.length > 0) problems.push(`GATEWAY_SOURCES: cannot be used together with ${set.join(', ')}`);
  return readSourcesFile(file, env, problems);
}

function readSourceVariables(env: Environment, problems: string[]): readonly SourceSettings[] {
  return Object.entries(sourceVariables).flatMap(([kind, variables]) => {
    const set = variables.filter(({ name }) => env[name] !== undefined);
    if (set.length === 0) return [];
    const entry: Record<string, unknown> = { name: kind, kind };
    const credential: Record<string, unknown> = { mode: 'static' };
    for (const { name, path, read } of set) {
      const target = path[0] === 'credential' ? credential : entry;
      const text = env[name] ?? '';
      target[path.at(-1) ?? ''] = read === undefined ? text : read(text);
    }
    const result = sourceSettings.safeParse({ ...entry, credential });
    if (result.success) return [result.data];
    for (const issue of result.error.issues) {
      const variable = variables.find(({ path }) => path.every((part, index) => part === issue.path[index]));
      problems.push(toSentence([variable?.name ?? kind], issue));
    }
    return [];
  });
}

const sourcesFile = z.strictObject({ sources: z.array(z.unknown()).min(1, 'must list at least one source') });

function readSourcesFile(file: string, env: Environment, problems: string[]): readonly SourceSettings[] {
  const content = readJson(file);
  if (content === null) {
    problems.push('GATEWAY_SOURCES: the file cannot be read as JSON');
    return [];
  }
  const entries = sourcesFile.safeParse(fillIn(content.value, env, problems));
  if (!entries.success) {
    problems.push(...entries.error.issues.map((issue) => toSentence(['GATEWAY_SOURCES', ...issue.path], issue)));
    return [];
  }
  const sources = entries.data.sources.flatMap((entry, index) => {
    const result = sourceSettings.safeParse(entry);
    if (result.success) return [result.data];
    const path = ['GATEWAY_SOURCES', 'sources', index];
    problems.push(...result.error.issues.map((issue) => toSentence([...path, ...issue.path], issue)));
    return [];
  });
  for (const [name, group] of Map.groupBy(sources, (source) => source.name)) {
    if (group.length > 1) problems.push(`GATEWAY_SOURCES: the name "${name}" is given to ${group.length} sources`);
  }
  return sources;
}

function readJson(file: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return null;
  }
}

/** Puts the environment's values in place of `${NAME}` in every string. */
function fillIn(value: unknown, env: Environment, problems: string[]): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const text = env[name];
      if (text === undefined) problems.push(`${name}: GATEWAY_SOURCES refers to this variable, which is not set`);
      return text ?? '';
    });
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, env, problems));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, env, problems)]));
}

/** zod's messages say what is expected and never repeat the value. */
function toSentence(path: readonly PropertyKey[], { message }: { readonly message: string }): string {
  return `${path.map(String).join('.')}: ${message}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
