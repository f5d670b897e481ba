import { PipelineFault } from './problems.ts';
import type { Problem } from './problems.ts';

/** What became of something that was looked for in what an upstream answered. */
export type LookUp<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** The upstream has it, but it cannot be read. */
  | { readonly kind: 'unread'; readonly problem: Problem }
  /** The answer lacks it. `doubt` is what else in the answer could not be read and may be it; null if nothing is. */
  | { readonly kind: 'missing'; readonly doubt: Problem | null };

/** What was found; null only if it is certain that the answer lacks it. A PipelineFault otherwise. */
export function settle<T>(lookUp: LookUp<T>, sourceName: string): T | null {
  if (lookUp.kind === 'found') return lookUp.value;
  const problem = lookUp.kind === 'unread' ? lookUp.problem : lookUp.doubt;
  if (problem !== null) throw new PipelineFault([problem], sourceName);
  return null;
}
