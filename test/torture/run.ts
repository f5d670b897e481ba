import type { Attack } from './attack.ts';
import { openTarget } from './target.ts';
import type { Target } from './target.ts';

/** What came of one attack. */
export interface Outcome {
  readonly name: string;
  /** The code of the answer; null if there was none. */
  readonly code: string | null;
  /** The longest block of the event loop, in milliseconds of work. */
  readonly blockMs: number;
  readonly memoryBefore: number;
  readonly memoryAfter: number;
  readonly isMemoryBack: boolean;
  /** What is wrong with it; null if nothing is. */
  readonly problem: string | null;
}

/** What is promised of every attack. */
const maxBlockMs = 200;
const maxGrowthBytes = 48 * 1024 * 1024;
/** The gateway's own deadline, and what its answer takes on a slow machine. */
const patienceMs = 60_000;

/** Makes one attack on a gateway of its own. */
export async function runAttack(attack: Attack): Promise<Outcome> {
  const target = await openTarget(attack.upstream, attack.env);
  try {
    // What is compiled and opened at the first request is no part of the attack.
    await target.ask('{ pipelineSources { name } }');
    await target.figures();
    const { memoryBytes: memoryBefore } = await target.figures();
    const code = await within(patienceMs, attack.run(target));
    const after = await settle(target, memoryBefore);
    const { blockMs = Infinity, memoryBytes: memoryAfter = Infinity } = after ?? {};
    const isMemoryBack = memoryAfter - memoryBefore < maxGrowthBytes;
    const figures = { code, blockMs, isMemoryBack };
    return { name: attack.name, ...figures, memoryBefore, memoryAfter, problem: findProblem(attack, figures) };
  } finally {
    await target.close();
  }
}

/** The figures once what the attack left behind is collected, with the longest block of all. */
async function settle(target: Target, memoryBefore: number) {
  let longest = 0;
  for (let attempts = 1; ; attempts += 1) {
    const figures = await within(patienceMs, target.figures());
    if (figures === null) return null;
    longest = Math.max(longest, figures.blockMs);
    if (figures.memoryBytes - memoryBefore < maxGrowthBytes || attempts === 20) return { ...figures, blockMs: longest };
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  return Promise.race([promise.catch(() => null), late]).finally(() => clearTimeout(timer));
}

function findProblem(
  { expected }: Attack,
  { code, blockMs, isMemoryBack }: Pick<Outcome, 'code' | 'blockMs' | 'isMemoryBack'>,
): string | null {
  if (code !== expected) return `the code should be ${expected}`;
  if (blockMs > maxBlockMs) return `a block is over ${maxBlockMs} ms`;
  return isMemoryBack ? null : 'the memory did not come back';
}
