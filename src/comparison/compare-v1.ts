import { createSource } from '../sources/index.ts';
import type { SourceSettings } from '../sources/index.ts';
import type { ObjectType, UpstreamSource } from '../sources/source.ts';
import { createMemoryWindowLog } from '../sources/upstream/rate-window.ts';
import type { UpstreamOptions } from '../sources/upstream/upstream.ts';
import { comparePipelines } from './compare-pipelines.ts';
import type { PipelineComparison } from './compare-pipelines.ts';
import { pairSources } from './pair-sources.ts';
import type { Pair } from './pair-sources.ts';
import { readSide } from './read-pipelines.ts';
import { firstLines } from './terminal-text.ts';

/** What a comparison found: its text, and 0 if all agree, 1 if something differs, 2 if not all could be read. */
interface Comparison {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

interface TypeResult {
  readonly objectType: string;
  readonly pipelines: readonly PipelineComparison[];
  readonly isServed: boolean;
  readonly unread: readonly string[];
}

interface CompareOptions {
  readonly deadlineMs: number;
  readonly circuitRetryMs: number;
}

const maxPipelines = 100;
const maxLines = 20;

/** Reads HubSpot's v1 and the version after it side by side, and says per object type and pipeline whether they agree. */
export async function compareV1(sources: readonly SourceSettings[], options: CompareOptions): Promise<Comparison> {
  const pairs = pairSources(sources);
  if (pairs.length === 0) return { text: 'No source is of HubSpot with deals or tickets.', exitCode: 2 };
  const blocks: string[] = [];
  const results: TypeResult[] = [];
  for (const pair of pairs) {
    const read = await comparePair(pair, options);
    results.push(...read);
    blocks.push([nameOf(pair), ...read.flatMap(printType)].join('\n'));
  }
  const { sentence, exitCode } = conclude(results);
  return { text: [...blocks, sentence].join('\n\n'), exitCode };
}

async function comparePair(pair: Pair, { deadlineMs, circuitRetryMs }: CompareOptions): Promise<readonly TypeResult[]> {
  const upstreamOptions: UpstreamOptions = { windowLog: createMemoryWindowLog(), circuitRetryMs };
  const v1 = createSource(pair.v1, upstreamOptions);
  const current = createSource(pair.current, upstreamOptions);
  try {
    const results: TypeResult[] = [];
    for (const objectType of v1.objectTypes) results.push(await compareType(v1, current, objectType, deadlineMs));
    return results;
  } finally {
    await Promise.all([v1.close(), current.close()]);
  }
}

async function compareType(
  v1: UpstreamSource,
  current: UpstreamSource,
  v1Type: ObjectType,
  deadlineMs: number,
): Promise<TypeResult> {
  const objectType = v1Type.name;
  const currentType = current.objectTypes.find(({ name }) => name === objectType);
  if (currentType === undefined) return { objectType, pipelines: [], isServed: false, unread: [] };
  const [before, after] = await Promise.all([
    readSide(v1, v1Type, deadlineMs),
    readSide(current, currentType, deadlineMs),
  ]);
  const unread = [...before.unread, ...after.unread];
  const versions = { before: v1.apiVersion, after: current.apiVersion };
  // With half of the pipelines unread, each of the others would look like a difference.
  const pipelines = unread.length > 0 ? [] : comparePipelines(before.pipelines, after.pipelines, versions);
  return { objectType, pipelines, isServed: true, unread };
}

function nameOf({ v1, current }: Pair): string {
  const version = 'apiVersion' in current ? current.apiVersion : '';
  const names = [...new Set([v1.name, current.name])].map((name) => `"${name}"`);
  return `v1 and ${version} of ${names.join(' and ')}`;
}

function printType({ objectType, pipelines, isServed, unread }: TypeResult): readonly string[] {
  const differing = pipelines.filter(({ differences }) => differences.length > 0);
  const agreeing = pipelines.filter(({ differences }) => differences.length === 0);
  const lines = [
    ...(isServed ? [] : ['differs  its object type is not among those of the source of the later version']),
    ...firstLines(unread, maxLines).map((line) => `unread   ${line}`),
    ...printPipelines('differs', differing),
    ...printPipelines('agrees ', agreeing),
  ];
  return [`  ${objectType}`, ...lines.map((line) => `    ${line}`)];
}

function printPipelines(word: string, pipelines: readonly PipelineComparison[]): readonly string[] {
  const shown = pipelines
    .slice(0, maxPipelines)
    .flatMap(({ title, differences, notes }) => [
      `${word}  ${title}`,
      ...firstLines(differences, maxLines).map((line) => `  - ${line}`),
      ...firstLines(notes, maxLines).map((line) => `  (${line})`),
    ]);
  const more = pipelines.length - maxPipelines;
  return more > 0 ? [...shown, `${word}  … and ${more} more`] : shown;
}

function conclude(results: readonly TypeResult[]): { readonly sentence: string; readonly exitCode: 0 | 1 | 2 } {
  const pipelines = results.flatMap((result) => result.pipelines);
  const differing = pipelines.filter(({ differences }) => differences.length > 0).length;
  if (results.some(({ unread }) => unread.length > 0)) {
    return { sentence: 'Not everything could be read, so nothing is proven.', exitCode: 2 };
  }
  if (differing > 0 || results.some(({ isServed }) => !isServed)) {
    return { sentence: `They differ, in ${differing} of ${pipelines.length} pipelines.`, exitCode: 1 };
  }
  const stages = pipelines.reduce((count, { stageCount }) => count + stageCount, 0);
  return { sentence: `They agree: ${pipelines.length} pipelines, ${stages} stages.`, exitCode: 0 };
}
