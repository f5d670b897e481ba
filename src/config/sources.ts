import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sourceSettings, sourceVariables } from '../sources/index.ts';
import type { SourceSettings } from '../sources/index.ts';
import type { SourceVariable } from '../sources/settings.ts';
import { toSentence } from './environment.ts';
import type { Checked, Environment } from './environment.ts';

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

/** The sources that the variables set, or the file that one of them names. */
export function readSources(env: Environment): Checked<readonly SourceSettings[]> {
  const file = env['GATEWAY_SOURCES'];
  if (file === undefined) return readSourceVariables(env);
  const set = setSourceVariables(env);
  const clash = set.length > 0 ? [`GATEWAY_SOURCES: cannot be used together with ${set.join(', ')}`] : [];
  const { value, problems } = readSourcesFile(file, env);
  return { value, problems: [...clash, ...problems] };
}

type ReadSource = Checked<SourceSettings | null>;

function toSources(read: readonly ReadSource[]): readonly SourceSettings[] {
  return read.map(({ value }) => value).filter((source) => source !== null);
}

function readSourceVariables(env: Environment): Checked<readonly SourceSettings[]> {
  const read = Object.entries(sourceVariables).flatMap(([kind, variables]) => {
    const set = variables.filter(({ name }) => env[name] !== undefined);
    return set.length === 0 ? [] : [readSourceOf(kind, variables, env)];
  });
  const wrong = read.flatMap(({ problems }) => problems);
  return { value: toSources(read), problems: [...wrong, ...listSharedNames(env)] };
}

/** A problem for each variable that gives a source the name of another one. */
function listSharedNames(env: Environment): readonly string[] {
  const named = Object.entries(sourceVariables)
    .filter(([, variables]) => variables.some(({ name }) => env[name] !== undefined))
    .map(([kind, variables]) => {
      const variable = variables.find(({ path }) => path[0] === 'name')?.name ?? kind;
      return { variable, name: env[variable] ?? kind };
    });
  return named
    .filter(({ variable }) => env[variable] !== undefined)
    .filter(({ name }) => named.filter((other) => other.name === name).length > 1)
    .map(({ variable }) => `${variable}: is the name of another source too`);
}

/** The one source of a kind that variables can configure. */
function readSourceOf(kind: string, variables: readonly SourceVariable[], env: Environment): ReadSource {
  const entry: Record<string, unknown> = { name: kind, kind };
  const credential: Record<string, unknown> = { mode: 'static' };
  for (const { name, path, read } of variables) {
    const text = env[name];
    if (text === undefined) continue;
    const target = path[0] === 'credential' ? credential : entry;
    target[path.at(-1) ?? ''] = read === undefined ? text : read(text);
  }
  return readSource({ ...entry, credential }, (issuePath) => {
    const variable = variables.find(({ path }) => path.every((part, index) => part === issuePath[index]));
    return [variable?.name ?? kind];
  });
}

function readSource(entry: unknown, locate: (path: readonly PropertyKey[]) => readonly PropertyKey[]): ReadSource {
  const result = sourceSettings.safeParse(entry);
  if (result.success) return { value: result.data, problems: [] };
  return { value: null, problems: result.error.issues.map((issue) => toSentence(locate(issue.path), issue)) };
}

const named = z.object({ name: z.string() });
const sourcesFile = z.strictObject({ sources: z.array(z.unknown()).min(1, 'must list at least one source') });

function readSourcesFile(file: string, env: Environment): Checked<readonly SourceSettings[]> {
  const content = readJson(file);
  if (content.problems.length > 0) return { value: [], problems: content.problems };
  const missing = listMissing(content.value, env);
  const entries = sourcesFile.safeParse(fillIn(content.value, env));
  if (!entries.success) {
    const issues = entries.error.issues.map((issue) => toSentence(['GATEWAY_SOURCES', ...issue.path], issue));
    return { value: [], problems: [...missing, ...issues] };
  }
  const read = entries.data.sources.map((entry, index) =>
    readSource(entry, (path) => ['GATEWAY_SOURCES', 'sources', index, ...path]),
  );
  const wrong = read.flatMap(({ problems }) => problems);
  return { value: toSources(read), problems: [...missing, ...wrong, ...listRepeats(entries.data.sources)] };
}

/** Of all entries, so that an entry which has another problem as well does not hide this one. */
function listRepeats(entries: readonly unknown[]): readonly string[] {
  const names = entries.flatMap((entry) => named.safeParse(entry).data?.name ?? []);
  return [...Map.groupBy(names, (name) => name)]
    .filter(([, group]) => group.length > 1)
    .map(([name, group]) => `GATEWAY_SOURCES: the name "${name}" is given to ${group.length} sources`);
}

function readJson(file: string): Checked<unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { value: null, problems: ['GATEWAY_SOURCES: the file cannot be read'] };
  }
  try {
    return { value: JSON.parse(text), problems: [] };
  } catch {
    // The parser's message would quote the file, tokens included.
    return { value: null, problems: ['GATEWAY_SOURCES: the file is not JSON'] };
  }
}

const reference = /\$\{(\w+)\}/g;

/** The names that the sources file refers to as `${NAME}`; none if there is no file, or none that can be read. */
export function listReferences(env: Environment): readonly string[] {
  const file = env['GATEWAY_SOURCES'];
  if (file === undefined) return [];
  return [...JSON.stringify(readJson(file).value).matchAll(reference)].map(([, name = '']) => name);
}

/** A problem for each `${NAME}` that the environment has nothing for. */
function listMissing(value: unknown, env: Environment): readonly string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(reference)]
      .map(([, name = '']) => name)
      .filter((name) => env[name] === undefined)
      .map((name) => `${name}: GATEWAY_SOURCES refers to this variable, which is not set`);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item) => listMissing(item, env));
}

/** Puts the environment's values in place of `${NAME}` in every string. */
function fillIn(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') return value.replaceAll(reference, (_, name: string) => env[name] ?? '');
  if (Array.isArray(value)) return value.map((item) => fillIn(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, env)]));
}
