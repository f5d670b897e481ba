import { parseArgs } from 'node:util';

/** What a run is asked to do. */
export interface Options {
  readonly kind: 'full' | 'quick' | 'scale';
  /** Names of stacks and of workloads; all if null. */
  readonly stacks: readonly string[] | null;
  readonly workloads: readonly string[] | null;
  readonly rounds: number;
  /** How long a round takes. */
  readonly seconds: number;
  readonly connections: number;
  /** How long the upstream waits before it answers. */
  readonly latencyMs: number;
  readonly gzip: boolean;
  readonly changing: boolean;
  readonly cold: boolean;
  /** Files to write; null for none. */
  readonly json: string | null;
  readonly svg: string | null;
}

/** How to call the benchmark. */
export const usage = `Usage: npm run bench -- [options]

  --quick               two small rounds of gateway and proxy; fails if upstream calls are not as few as they should be
  --scale               how the gateway's cost grows with pipelines, stages, sources and credentials
  --stacks a,b          only these of gateway, gateway-off, proxy, apollo, mercurius, yoga; the proxy always runs
  --workloads a,b       only these of W1, W2, W3, W4, W4r, W5d, W5u, WM
  --rounds number       how often each is measured; the best counts (5; with --quick 2; with --scale 3)
  --seconds number      how long a round takes (2; with --quick 0.25; with --scale 1)
  --connections number  how many connections ask at the same time (10)
  --latency ms          how long the upstream waits before each answer (0)
  --changing            no two answers of the upstream have the same bytes
  --cold                every request has cache-control: no-cache, which the gateway then always honours
  --gzip                every request has accept-encoding: gzip
  --json file           writes all figures
  --svg file            with --scale: writes a plot`;

/** Options that cannot be understood; the message says which. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

/** Reads the command line; throws an OptionsError if it cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const kind = values.scale ? 'scale' : values.quick ? 'quick' : 'full';
  return {
    kind,
    stacks: readNames(values.stacks),
    workloads: readNames(values.workloads),
    rounds: readNumber('rounds', values.rounds, { full: 5, quick: 2, scale: 3 }[kind]),
    seconds: readNumber('seconds', values.seconds, { full: 2, quick: 0.25, scale: 1 }[kind]),
    connections: readNumber('connections', values.connections, 10),
    latencyMs: readNumber('latency', values.latency, 0),
    gzip: values.gzip ?? false,
    changing: values.changing ?? false,
    cold: values.cold ?? false,
    json: values.json ?? null,
    svg: values.svg ?? null,
  };
}

const flags = ['quick', 'scale', 'gzip', 'changing', 'cold'] as const;
const texts = ['stacks', 'workloads', 'rounds', 'seconds', 'connections', 'latency', 'json', 'svg'] as const;

function named<Name extends string, Type>(names: readonly Name[], type: Type): Record<Name, { readonly type: Type }> {
  return Object.fromEntries(names.map((name) => [name, { type }])) as Record<Name, { readonly type: Type }>;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...named(flags, 'boolean'), ...named(texts, 'string') } }).values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error));
  }
}

function readNames(text: string | undefined): readonly string[] | null {
  return text === undefined ? null : text.split(',').map((name) => name.trim());
}

function readNumber(name: string, text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isFinite(number) || number < 0 || (number === 0 && name !== 'latency'))
    throw new OptionsError(`--${name} must be a number above 0, and is ${text}.`);
  return number;
}
