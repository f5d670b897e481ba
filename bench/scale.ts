import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAccount } from './account.ts';
import { divideCores } from './cores.ts';
import { measureInTurns } from './measure.ts';
import type { Figures, Subject } from './measure.ts';
import type { Options } from './options.ts';
import { startServer } from './processes.ts';
import type { Usage } from './processes.ts';
import { toMegabytes, toTable } from './report.ts';
import { dimensions } from './scale-steps.ts';
import type { Dimension } from './scale-steps.ts';
import { stacks, startStack } from './stacks.ts';
import { toSvg } from './svg.ts';

/** What the gateway took at one size. */
interface StepFigures extends Figures {
  readonly count: number;
  /** Resident memory after the load. */
  readonly afterBytes: number;
}

/** Measures how the gateway's cost grows with each thing that can; prints tables, and writes what is asked for. */
export async function measureScale(options: Options): Promise<void> {
  const cores = divideCores();
  console.log(`Node ${process.versions.node}. ${cores.sentence}`);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const grown: (readonly [Dimension, readonly StepFigures[]])[] = [];
  try {
    for (const dimension of dimensions) {
      const figures = await measureDimension(dimension, { folder, core: cores.server, options });
      console.log(`\n${dimension.name}: ${dimension.description}\n${toScaleTable(dimension, figures)}`);
      grown.push([dimension, figures]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (options.json !== null) writeFileSync(options.json, JSON.stringify(grown, null, 2));
  if (options.svg !== null) writeFileSync(options.svg, toSvg(grown.map(toPanel)));
}

interface Setting {
  /** Where files of sources can be written. */
  readonly folder: string;
  readonly core: number | null;
  readonly options: Options;
}

async function measureDimension(dimension: Dimension, setting: Setting): Promise<readonly StepFigures[]> {
  const subjects: Subject[] = [];
  try {
    for (const count of dimension.steps) subjects.push(await startStep(dimension, count, setting));
    const figures = await measureInTurns(subjects, setting.options);
    const usages = await Promise.all(subjects.map(({ running }) => running.server.ask<Usage>('usage')));
    return figures.map((each, place) => ({
      ...each,
      count: dimension.steps[place] ?? 0,
      afterBytes: usages[place]?.rss ?? 0,
    }));
  } finally {
    for (const { running, upstream } of subjects) await Promise.all([running.server.stop(), upstream.stop()]);
  }
}

async function startStep(dimension: Dimension, count: number, { folder, core, options }: Setting): Promise<Subject> {
  const { size, sources, toWorkload } = dimension.toStep(count);
  const { latencyMs, changing } = options;
  const stub = JSON.stringify({ ...size, latencyMs, changing });
  const upstream = await startServer({ file: 'bench/stub.ts', args: [stub], core: null });
  const all = { kind: 'hubspot', url: upstream.url, objectTypes: ['deals'] };
  const file = join(folder, `${dimension.name}-${count}.json`);
  writeFileSync(file, JSON.stringify({ sources: sources.map((source) => ({ ...all, ...source })) }));
  const stack = stacks.find(({ name }) => name === 'gateway');
  if (stack === undefined) throw new Error('There is no gateway.');
  const server = await startStack(stack, { core, more: { ...withoutLimits, GATEWAY_SOURCES: file } });
  const target = { url: server.url, isGraphql: true, headers: {} };
  return { running: { stack, server, target, idleBytes: 0 }, workload: toWorkload(makeAccount(size)), upstream };
}

/** What is measured is what the largest answers cost, not that they would be refused; nor what a refresh that falls due costs. */
const withoutLimits = {
  GATEWAY_MAX_COST: '100000000',
  GATEWAY_DEADLINE_SECONDS: '60',
  GATEWAY_STORE_FRESH_SECONDS: '300',
};

function toScaleTable({ name }: Dimension, figures: readonly StepFigures[]): string {
  const first = figures[0]?.cpuMicros ?? NaN;
  const head = [name, 'CPU µs', '× first', 'ops/s', 'p50 ms', 'p99 ms', 'calls', 'bytes', 'MB'];
  const rows = figures.map((each) => [
    String(each.count),
    each.cpuMicros.toFixed(0),
    (each.cpuMicros / first).toFixed(2),
    (each.operations / each.seconds).toFixed(0),
    each.p50Ms.toFixed(2),
    each.p99Ms.toFixed(2),
    each.callsUnderLoad.toFixed(2),
    each.answerBytes.toFixed(0),
    toMegabytes(each.afterBytes),
  ]);
  return toTable([head, ...rows]);
}

function toPanel([{ name }, figures]: readonly [Dimension, readonly StepFigures[]]) {
  return { title: name, points: figures.map(({ count, cpuMicros }) => ({ x: count, y: cpuMicros })) };
}
