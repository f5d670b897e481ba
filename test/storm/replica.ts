import { request } from 'undici';
import { spawnGateway } from '../support/gateway-process.ts';
import type { GatewayProcess } from '../support/gateway-process.ts';
import type { Incarnation } from './pipeline-model.ts';
import type { Tally } from './tally.ts';

/** A gateway process that is killed and started. */
export interface Replica {
  readonly name: string;
  /** What it runs as; null while it is down. */
  readonly running: () => Running | null;
  start(): Promise<void>;
  /** Ends it: at once, as a crash does, or as a deployment does. */
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** A run of a replica that takes requests. */
export interface Running extends Incarnation {
  readonly url: string;
}

const sampleEveryMs = 500;
const minSamples = 24;
const maxGrowthBytes = 48 * 1024 * 1024;

/** A replica that is not started yet. */
export function createReplica(name: string, env: Readonly<Record<string, string>>, tally: Tally): Replica {
  let running: Running | null = null;
  let gateway: GatewayProcess | null = null;
  let starts = 0;
  let sampling: NodeJS.Timeout | undefined;
  let heapBytes: number[] = [];

  async function start(): Promise<void> {
    const own = spawnGateway(env);
    const { url } = await own.ready;
    starts += 1;
    gateway = own;
    running = { name: `${name}.${starts}`, startedAt: performance.now(), url };
    heapBytes = [];
    sampling = setInterval(() => {
      void readHeapBytes(url).then((bytes) => bytes !== null && heapBytes.push(bytes));
    }, sampleEveryMs);
    void own.ended.then(({ code }) => {
      if (gateway === own) tally.bad('crashes', `${name} ended with ${code}: ${own.output.stderr.slice(-2000)}`);
    });
  }

  async function stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = gateway;
    gateway = null;
    running = null;
    clearInterval(sampling);
    if (ending === null) return;
    ending.child.kill(signal);
    await ending.ended;
    noteLog(ending.output.stderr);
    noteGrowth();
  }

  /** Its log level lets errors through only. */
  function noteLog(stderr: string): void {
    for (const line of stderr.split('\n').filter((text) => text !== '')) tally.bad('defects', line.slice(0, 500));
  }

  /** Compares what stays after garbage collections once it has warmed up with what stays at the end. */
  function noteGrowth(): void {
    if (heapBytes.length < minSamples) return;
    const quarter = Math.floor(heapBytes.length / 4);
    const before = Math.min(...heapBytes.slice(quarter, 2 * quarter));
    const after = Math.min(...heapBytes.slice(-quarter));
    const toMegabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
    const text = `${name}.${starts}: ${toMegabytes(before)} MB, later ${toMegabytes(after)} MB`;
    tally.count(`memory of ${text}`);
    if (after - before > maxGrowthBytes) tally.bad('growth', text);
  }

  return { name, running: () => running, start, stop };
}

async function readHeapBytes(url: string): Promise<number | null> {
  try {
    const { body } = await request(`${url}/metrics`);
    return Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(await body.text())?.[1]);
  } catch {
    // It was killed meanwhile.
    return null;
  }
}
