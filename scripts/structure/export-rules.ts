import type { Export } from './module-syntax.ts';
import { isHandWritten, isTest } from './project.ts';
import type { Project } from './project.ts';
import type { SourceFile } from './source-file.ts';
import type { Rule } from './violation.ts';

/** An export with its file. */
interface LocatedExport extends Export, Pick<SourceFile, 'path'> {}

/**
 * Every export is imported by another file, and not by tests alone. Only a type may be: it names what a function that is
 * used takes or gives. What is there to be tried, as an example is, may be too.
 */
export const findUnusedExports: Rule = (project) => [
  ...listUnusedExports(project).map(({ path, name, line }) => ({
    path,
    line,
    message: `exports ${name}, which no other file imports`,
  })),
  ...listExportsForTests(project)
    .filter(({ path, isType }) => !isType && !path.startsWith('examples/'))
    .map(({ path, name, line }) => ({ path, line, message: `exports ${name}, which only tests import` })),
];

/** Every export has a doc comment. */
export const findUndocumentedExports: Rule = (project) =>
  listExports(project)
    .filter(({ documented, path }) => !documented && !isTest(path))
    .map(({ path, name, line }) => ({ path, line, message: `exports ${name} without a doc comment` }));

/** The exports that nothing imports. */
export function listUnusedExports(project: Project): readonly LocatedExport[] {
  const isUsed = findUses(project);
  return listExports(project).filter(({ path, name }) => !isUsed(path, name));
}

/** The exports, other than a test's own, that nothing but tests imports. */
export function listExportsForTests(project: Project): readonly LocatedExport[] {
  const isUsed = findUses(project);
  const isUsedByCode = findUses(project.filter(({ path }) => !isTest(path)));
  return listExports(project).filter(
    ({ path, name }) => !isTest(path) && isUsed(path, name) && !isUsedByCode(path, name),
  );
}

function listExports(project: Project): readonly LocatedExport[] {
  return project
    .filter(({ path }) => isHandWritten(path))
    .flatMap(({ path, exports }) => exports.map((each) => ({ ...each, path })));
}

/** Tells whether one of the importing files takes a name from another file. */
function findUses(importing: Project): (path: string, name: string) => boolean {
  const uses = new Set(
    importing.flatMap(({ imports }) => imports.flatMap(({ path, names }) => names.map((name) => `${path}#${name}`))),
  );
  return (path, name) => uses.has(`${path}#${name}`) || uses.has(`${path}#*`);
}
