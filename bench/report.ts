import type { Figures } from './measure.ts';
import { floor } from './stacks.ts';

/** What a stack's process needed. */
export interface ProcessFigures {
  readonly stack: string;
  readonly readyMs: number;
  readonly idleBytes: number;
  readonly afterBytes: number;
}

/** The table of one workload. */
export function toWorkloadTable(figures: readonly Figures[]): string {
  const base = figures.find(({ stack }) => stack === floor)?.cpuMicros;
  const head = 'stack,CPU µs,× proxy,ops/s,p50 ms,p99 ms,calls,calls alone,bytes'.split(',');
  const rows = figures.map((each) => [
    each.stack,
    each.cpuMicros.toFixed(0),
    toRatio(each.cpuMicros, base),
    (each.operations / each.seconds).toFixed(0),
    each.p50Ms.toFixed(2),
    each.p99Ms.toFixed(2),
    each.callsUnderLoad.toFixed(2),
    each.callsAlone.toFixed(2),
    each.answerBytes.toFixed(0),
  ]);
  return toTable([head, ...rows]);
}

/** The table of what the processes needed. */
export function toProcessTable(figures: readonly ProcessFigures[]): string {
  const head = ['stack', 'ready s', 'idle MB', 'after the load MB'];
  const rows = figures.map(({ stack, readyMs, idleBytes, afterBytes }) => [
    stack,
    (readyMs / 1000).toFixed(2),
    toMegabytes(idleBytes),
    toMegabytes(afterBytes),
  ]);
  return toTable([head, ...rows]);
}

/** The table of all ratios: a row for each stack, a column for each workload. */
export function toRatioTable(figures: readonly Figures[]): string {
  const workloads = [...new Set(figures.map(({ workload }) => workload))];
  const stacks = [...new Set(figures.map(({ stack }) => stack))];
  const find = (stack: string, workload: string): number | undefined =>
    figures.find((each) => each.stack === stack && each.workload === workload)?.cpuMicros;
  const rows = stacks.map((stack) => [
    stack,
    ...workloads.map((workload) => toRatio(find(stack, workload) ?? NaN, find(floor, workload))),
  ]);
  return toTable([['× proxy', ...workloads], ...rows]);
}

/** Columns side by side, the first one to the left, figures to the right. */
export function toTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** Resident memory as it is printed. */
export function toMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

function toRatio(micros: number, base: number | undefined): string {
  return base === undefined ? '' : (micros / base).toFixed(2);
}
