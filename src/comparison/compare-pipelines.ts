import { printCanonical } from '../domain/canonical-json.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { printMetaValue, toMetaFields, withoutComputed } from '../domain/stage-meta-operations.ts';
import { toTerminalText } from './terminal-text.ts';

/** What the two sides are called. */
interface Versions {
  readonly before: string;
  readonly after: string;
}

/** One pipeline, or the two that have its id, as two versions of an API show it. Its texts are fit for a terminal. */
export interface PipelineComparison {
  /** Its label, id and number of stages. */
  readonly title: string;
  readonly stageCount: number;
  /** A line for each thing that is not the same. */
  readonly differences: readonly string[];
  /** A line for each inactive thing that the later version does not show. */
  readonly notes: readonly string[];
}

/** Compares the pipelines of two versions by their ids. Instants are left out, as no version promises the other's. */
export function comparePipelines(
  before: readonly Pipeline[],
  after: readonly Pipeline[],
  versions: Versions,
): readonly PipelineComparison[] {
  const later = new Map(after.map((pipeline) => [pipeline.pipelineId, pipeline]));
  const earlier = new Set(before.map(({ pipelineId }) => pipelineId));
  return [
    ...before.map((pipeline) => {
      const other = later.get(pipeline.pipelineId);
      return other === undefined ? toMissing(pipeline, versions) : compare(pipeline, other, versions);
    }),
    ...after
      .filter(({ pipelineId }) => !earlier.has(pipelineId))
      .map((pipeline) => toComparison(pipeline, [`is at ${versions.after} only`])),
  ];
}

function toMissing(pipeline: Pipeline, { before, after }: Versions): PipelineComparison {
  return pipeline.archived
    ? toComparison(pipeline, [], [`is inactive at ${before}, and not shown by ${after}`])
    : toComparison(pipeline, [`is at ${before} only`]);
}

function toComparison(
  { label, pipelineId, stages }: Pipeline,
  differences: readonly string[],
  notes: readonly string[] = [],
): PipelineComparison {
  const title = `"${toTerminalText(label)}" (${toTerminalText(pipelineId)}), ${stages.length} stages`;
  return { title, stageCount: stages.length, differences, notes };
}

function compare(before: Pipeline, after: Pipeline, versions: Versions): PipelineComparison {
  const later = new Map(after.stages.map((stage) => [stage.stageId, stage]));
  const isHidden = (stage: Stage): boolean => stage.archived && !later.has(stage.stageId);
  const stages = before.stages.filter((stage) => !isHidden(stage));
  const labels = new Map([...after.stages, ...before.stages].map(({ stageId, label }) => [stageId, label]));
  const changes = toPipelineChanges({ ...before, stages }, after);
  return toComparison(
    before,
    [
      ...toArchivedDifference('', before, after, versions),
      ...changes.map((change) => describeChange(change, labels, versions)),
      ...stages.flatMap((stage) => {
        const other = later.get(stage.stageId);
        return other === undefined ? [] : compareStages(stage, other, versions);
      }),
    ],
    before.stages
      .filter(isHidden)
      .map((stage) => `${nameStage(stage)}is inactive at ${versions.before}, and not shown by ${versions.after}`),
  );
}

/** What the general comparison leaves out: whether a stage is archived, and the keys of metadata that nobody knows. */
function compareStages(before: Stage, after: Stage, versions: Versions): readonly string[] {
  const subject = nameStage(before);
  const typed = [before, after].flatMap(({ meta }) =>
    Object.entries(toMetaFields(meta))
      .filter(([, value]) => value !== null)
      .map(([name]) => name),
  );
  const [old, current] = [withoutComputed(before.meta.raw), withoutComputed(after.meta.raw)];
  const keys = new Set([...Object.keys(old), ...Object.keys(current)]);
  return [
    ...toArchivedDifference(subject, before, after, versions),
    ...[...keys]
      .filter((key) => !typed.includes(key) && toText(old[key]) !== toText(current[key]))
      .map((key) => describe(`${subject}metadata ${key}`, toText(old[key]), toText(current[key]), versions)),
  ];
}

function toArchivedDifference(
  subject: string,
  before: { readonly archived: boolean },
  after: { readonly archived: boolean },
  versions: Versions,
): readonly string[] {
  if (before.archived === after.archived) return [];
  return [describe(`${subject}archived`, `${before.archived}`, `${after.archived}`, versions)];
}

function describeChange(change: PipelineChange, labels: ReadonlyMap<string, string>, versions: Versions): string {
  const { kind, stageId, before, after } = change;
  const subject = stageId === null ? '' : nameStage({ stageId, label: labels.get(stageId) ?? '' });
  if (kind === 'REMOVED') return `${subject}is at ${versions.before} only`;
  if (kind === 'ADDED') return `${subject}is at ${versions.after} only`;
  const field = (change.field ?? '').replace('meta.', '');
  const print = (value: unknown): string => (value === null ? 'none' : printMetaValue(field, value));
  return describe(`${subject}${field}`, print(before), print(after), versions);
}

function describe(subject: string, before: string, after: string, versions: Versions): string {
  const [old, current] = [toTerminalText(before), toTerminalText(after)];
  return `${subject} is ${old} at ${versions.before}, ${current} at ${versions.after}`;
}

function nameStage({ label, stageId }: { readonly label: string; readonly stageId: string }): string {
  return `stage "${toTerminalText(label)}" (${toTerminalText(stageId)}): `;
}

/** One version writes as a number what the other writes as a text. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? value : printCanonical(value);
}
