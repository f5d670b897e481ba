/** What must not happen, each with the meaning that its count has in the report. */
export const badKinds = {
  wrongAnswers: 'answers that the account cannot have had, or an error that nothing explains',
  lostWrites: 'writes that were acknowledged and did not happen',
  deniedWrites: 'writes that were said not to have happened and did',
  doubledWrites: 'writes that happened more than once',
  leaks: 'answers with something of another caller',
  defects: 'unexpected errors in answers and logs',
  crashes: 'replicas that ended by themselves, unhandled rejections among the reasons',
  dropped: 'requests without an answer from a replica that lived',
  hangs: 'answers long after the deadline',
  growth: 'replicas whose memory grew without need',
} as const;
/** One of them, by its name. */
type BadKind = keyof typeof badKinds;

/** Counts what happens, and keeps the first few descriptions of each bad kind. */
export interface Tally {
  count(what: string): void;
  bad(kind: BadKind, description: string): void;
  /** How many of each thing, bad kinds first, and those even where there is none. */
  entries(): readonly (readonly [string, number])[];
  readonly examples: readonly string[];
  isClean(): boolean;
}

const maxExamples = 5;

/** A tally of nothing yet. */
export function createTally(): Tally {
  const counts = new Map<string, number>(Object.keys(badKinds).map((kind) => [kind, 0]));
  const examples: string[] = [];
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  return {
    count,
    bad(kind, description) {
      count(kind);
      if ((counts.get(kind) ?? 0) <= maxExamples) examples.push(`${kind}: ${description}`);
    },
    entries: () => [...counts],
    examples,
    isClean: () => Object.keys(badKinds).every((kind) => counts.get(kind) === 0),
  };
}
