import type { Target, Upstream } from './target.ts';

/** Something that took the gateway down once, or could. */
export interface Attack {
  readonly name: string;
  /** The settings of the gateway that is attacked. */
  readonly env?: Readonly<Record<string, string>>;
  readonly upstream: Upstream;
  /** Attacks, and gives the code of what came of it: `OK`, or the first error's. */
  readonly run: (target: Target) => Promise<string>;
  /** What must come of it. */
  readonly expected: string;
}
