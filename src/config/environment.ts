import { withModeDefaults } from './mode.ts';

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What was read, and everything that is wrong with it, a sentence for each problem. */
export interface Checked<T> {
  readonly value: T;
  readonly problems: readonly string[];
}

/** The variables that count, with those that the mode sets: an empty one is how many tools say none. */
export function readEnvironment(env: Environment): Environment {
  return withModeDefaults(Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim())));
}

/** What is wrong, by its name. zod's messages say what is expected and never repeat the value. */
export function toSentence(path: readonly PropertyKey[], { message }: { readonly message: string }): string {
  return `${path.map(String).join('.')}: ${message}`;
}
