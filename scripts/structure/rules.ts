import { findUndocumentedExports, findUnusedExports } from './export-rules.ts';
import type { Project } from './project.ts';
import { findCirclesOfFiles, findClosedDoors, findFilesWithoutRoom, findImportsThatGoUp } from './room-rules.ts';
import type { House } from './rooms.ts';
import { findLongFiles, findLongFunctions, findLongSentences } from './size-rules.ts';
import type { Rule, Violation } from './violation.ts';

const rules: readonly Rule[] = [
  findFilesWithoutRoom,
  findImportsThatGoUp,
  findClosedDoors,
  findCirclesOfFiles,
  findUnusedExports,
  findUndocumentedExports,
  findLongFunctions,
  findLongFiles,
  findLongSentences,
];

/** All places that break a rule of the structure, rule by rule. */
export function findViolations(project: Project, house: House): readonly Violation[] {
  return rules.flatMap((rule) => rule(project, house));
}
