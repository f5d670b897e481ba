import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sourceSettings, sourceVariables } from '../sources/index.ts';
import type { SourceSettings } from '../sources/index.ts';
import { toSentence } from './environment.ts';
import type { Environment } from './environment.ts';

/** Whether the environment names a source, rightly or not; where it does not, the sandbox is used. */
export function isAnySourceSet(env: Environment): boolean {
  return env['GATEWAY_SOURCES'] !== undefined || setSourceVariables(env).length > 0;
}

function setSourceVariables(env: Environment): readonly string[] {
  return Object.values(sourceVariables)
    .flat()
    .map(({ name }) => name)
    .filter((name) => env[name] !== undefined);
}

/** The sources that the variables set, or the file that one of them names; adds to `problems` what is wrong. */
export function readSources(env: Environment, problems: string[]): readonly SourceSettings[] {
  const file = env['GATEWAY_SOURCES'];
  if (file === undefined) return readSourceVariables(env, problems);
  const set = setSourceVariables(env);
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

const named = z.object({ name: z.string() });
const sourcesFile = z.strictObject({ sources: z.array(z.unknown()).min(1, 'must list at least one source') });

function readSourcesFile(file: string, env: Environment, problems: string[]): readonly SourceSettings[] {
  const content = readJson(file, problems);
  if (content === null) return [];
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
  // Of all entries, so that an entry which has another problem as well does not hide this one.
  const names = entries.data.sources.flatMap((entry) => named.safeParse(entry).data?.name ?? []);
  for (const [name, group] of Map.groupBy(names, (name) => name)) {
    if (group.length > 1) problems.push(`GATEWAY_SOURCES: the name "${name}" is given to ${group.length} sources`);
  }
  return sources;
}

function readJson(file: string, problems: string[]): { readonly value: unknown } | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    problems.push('GATEWAY_SOURCES: the file cannot be read');
    return null;
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's message would quote the file, tokens included.
    problems.push('GATEWAY_SOURCES: the file is not JSON');
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
