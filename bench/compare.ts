import { writeFileSync } from 'node:fs';
import { request } from 'undici';
import { makeAccount } from './account.ts';
import { divideCores } from './cores.ts';
import { measureInTurns } from './measure.ts';
import type { Figures, RunningStack } from './measure.ts';
import { OptionsError } from './options.ts';
import type { Options } from './options.ts';
import { startServer } from './processes.ts';
import type { ServerProcess, Usage } from './processes.ts';
import { toProcessTable, toRatioTable, toWorkloadTable } from './report.ts';
import type { ProcessFigures } from './report.ts';
import { floor, isInstalled, stacks, startStack } from './stacks.ts';
import type { Stack } from './stacks.ts';
import type { StubSettings } from './stub-settings.ts';
import { createWorkloads } from './workloads.ts';
import type { Workload } from './workloads.ts';

const size = { pipelines: 20, stages: 8 };

/** What was measured, and how many requests the gateway answered with what it had kept of answers, whole or in parts. */
interface Comparison {
  readonly figures: readonly Figures[];
  readonly keptAnswers: number;
}

/** Measures every stack and workload that is asked for, and prints and writes the figures, which it gives as well. */
export async function compareStacks(options: Options): Promise<Comparison> {
  const workloads = chooseWorkloads(options);
  const chosen = chooseStacks(options);
  const cores = divideCores();
  console.log(`Node ${process.versions.node}. ${cores.sentence}`);
  const settings: StubSettings = { ...size, latencyMs: options.latencyMs, changing: options.changing };
  // It runs where the load runs: this process is pinned, and what it starts is, too.
  const upstream = await startServer({ file: 'bench/stub.ts', args: [JSON.stringify(settings)], core: null });
  const running: RunningStack[] = [];
  try {
    for (const stack of chosen) running.push(await start(stack, upstream, cores.server, options));
    const figures: Figures[] = [];
    for (const workload of workloads) {
      const measured = await measureInTurns(
        running.map((each) => ({ running: each, workload, upstream })),
        options,
      );
      console.log(`\n${workload.name}: ${workload.description}\n${toWorkloadTable(measured)}`);
      figures.push(...measured);
    }
    report(figures, await Promise.all(running.map(toProcessFigures)), options);
    return { figures, keptAnswers: await countKeptAnswers(running) };
  } finally {
    await Promise.all([...running.map(({ server }) => server.stop()), upstream.stop()]);
  }
}

function chooseWorkloads({ workloads: names }: Options): readonly Workload[] {
  const workloads = createWorkloads(makeAccount(size));
  return (names ?? [...workloads.keys()]).map((name) => {
    const workload = workloads.get(name);
    if (workload === undefined) throw new OptionsError(`There is no workload ${name}.`);
    return workload;
  });
}

/** The proxy is always among them, as everything is compared with it. */
function chooseStacks({ kind, stacks: names }: Options): readonly Stack[] {
  const unknown = names?.find((name) => !stacks.some((stack) => stack.name === name));
  if (unknown !== undefined) throw new OptionsError(`There is no stack ${unknown}.`);
  const isPeer = ({ file }: Stack): boolean => file.startsWith('bench/peers/');
  const isWanted = (stack: Stack): boolean =>
    stack.name === floor || (names?.includes(stack.name) ?? !(kind === 'quick' && isPeer(stack)));
  const wanted = stacks.filter(isWanted);
  const missing = wanted.filter((stack) => !isInstalled(stack)).map(({ name }) => name);
  if (missing.length > 0)
    console.log(`Not installed: ${missing.join(', ')}. To install them: npm ci --prefix bench/peers`);
  return wanted.filter(isInstalled);
}

async function start(
  stack: Stack,
  upstream: ServerProcess,
  core: number | null,
  { kind, cold, gzip }: Options,
): Promise<RunningStack> {
  const more = {
    HUBSPOT_URL: upstream.url,
    HUBSPOT_TOKEN: 'benchmark',
    HUBSPOT_OBJECT_TYPES: 'deals',
    ...(cold ? { GATEWAY_STORE_NO_CACHE: 'always' } : {}),
    // A quick run counts calls, and a refresh that falls due in it would be one.
    ...(kind === 'quick' ? { GATEWAY_STORE_FRESH_SECONDS: '300' } : {}),
  };
  const server = await startStack(stack, { core, more });
  const { rss: idleBytes } = await server.ask<Usage>('usage');
  const headers = {
    ...(cold ? { 'cache-control': 'no-cache' } : {}),
    ...(gzip ? { 'accept-encoding': 'gzip' } : {}),
  };
  return { stack, server, idleBytes, target: { url: server.url, isGraphql: stack.isGraphql, headers } };
}

async function countKeptAnswers(running: readonly RunningStack[]): Promise<number> {
  const warm = running.find(({ stack }) => stack.name === 'gateway');
  if (warm === undefined) return 0;
  const { body } = await request(`${warm.server.url}/metrics`);
  const counts = (await body.text()).matchAll(/kept_answers_total\{result="(?:hit|assembled)"\} (\d+)/g);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function toProcessFigures({ stack, server, idleBytes }: RunningStack): Promise<ProcessFigures> {
  const { rss: afterBytes } = await server.ask<Usage>('usage');
  return { stack: stack.name, readyMs: server.readyMs, idleBytes, afterBytes };
}

function report(figures: readonly Figures[], processes: readonly ProcessFigures[], options: Options): void {
  console.log(`\n${toProcessTable(processes)}\n\n${toRatioTable(figures)}`);
  if (options.json === null) return;
  writeFileSync(options.json, JSON.stringify({ node: process.versions.node, options, figures, processes }, null, 2));
}
