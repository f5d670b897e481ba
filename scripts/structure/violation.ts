import type { Project } from './project.ts';
import type { House } from './rooms.ts';

/** A place that breaks a rule. */
export interface Violation {
  /** From the project's root. */
  readonly path: string;
  readonly line: number;
  /** What is wrong, as a sentence about the place without its full stop. */
  readonly message: string;
}

/** Finds all places that break one rule. */
export type Rule = (project: Project, house: House) => readonly Violation[];
