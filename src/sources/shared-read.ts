/** One load's part in what the replicas of a fleet read for each other. */
export interface SharedRead {
  /** What another replica was answered to the request lately, else what `send` brings. */
  ask<Answer extends AnswerText>(request: string, send: () => Promise<Answer>): Promise<Shared | Answer>;
  /** Tells that what was loaded was read then, by performance.now(). */
  noteReadAt(readAt: number): void;
  /** When the oldest of what was loaded was read; Infinity if all of it was read for this load. */
  readonly readAt: () => number;
  /** The load has ended: what it was answered is shared if that is kept here too. */
  end(isKept: boolean): void;
}

/** What is shared of an answer; only successes are. */
interface AnswerText {
  readonly status: number;
  readonly text: string | null;
}

/** The text of another replica's answer, with when it was read, by performance.now(). */
interface Shared {
  readonly sharedText: string;
  readonly readAt: number;
}
