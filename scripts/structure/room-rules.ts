import { findCircles } from './graph.ts';
import type { Import } from './module-syntax.ts';
import { isProduct, toFileGraph } from './project.ts';
import type { Project } from './project.ts';
import { findRoom } from './rooms.ts';
import type { Rule } from './violation.ts';

/** An import, with the file that it stands in. */
interface Arrow extends Import {
  readonly from: string;
}

/** No file stands loose in `src/`, or in a folder that has no place in the order of the rooms. */
export const findFilesWithoutRoom: Rule = (project, house) =>
  project
    .filter(({ path }) => isProduct(path) && !house.looseFiles.includes(path))
    .flatMap(({ path }) => {
      if (/^src\/[^/]+$/.test(path)) return [{ path, line: 1, message: 'stands loose in src/' }];
      return findRoom(house, path) === null ? [{ path, line: 1, message: 'is in no room of rooms.ts' }] : [];
    });

/** No room imports one above it, and the product imports nothing that is not delivered. */
export const findImportsThatGoUp: Rule = (project, house) =>
  listArrows(project).flatMap(({ from, path, names, line }) => {
    const taken = names.length === 0 ? path : `${names.join(', ')} from ${path}`;
    const message = `imports ${taken}, which`;
    if (!isProduct(path)) return [{ path: from, line, message: `${message} is not part of the product` }];
    const [importing, imported] = [findRoom(house, from), findRoom(house, path)];
    if (importing === null || imported === null) return [];
    if (house.rooms.indexOf(imported) >= house.rooms.indexOf(importing)) return [];
    return [{ path: from, line, message: `${message} goes up from ${importing.name} to ${imported.name}` }];
  });

/** A room that keeps itself to some rooms, or others out of some of its files, is entered as it says. */
export const findClosedDoors: Rule = (project, house) =>
  listArrows(project).flatMap(({ from, path, line }) => {
    const [importing, imported] = [findRoom(house, from), findRoom(house, path)];
    if (imported === null || importing === imported) return [];
    const { name, doors, onlyFor } = imported;
    if (doors !== undefined && !doors.includes(path)) {
      return [{ path: from, line, message: `imports ${path}, but ${name} is entered through ${doors.join(', ')}` }];
    }
    if (onlyFor !== undefined && importing !== null && !onlyFor.includes(importing.name)) {
      return [{ path: from, line, message: `imports ${path}, but ${name} is for ${onlyFor.join(', ')} only` }];
    }
    return [];
  });

/** No file leads back to itself, be it through types or through generated files. */
export const findCirclesOfFiles: Rule = (project) =>
  findCircles(toFileGraph(project)).map((circle) => ({
    path: circle[0] ?? '',
    line: 1,
    message: `is in a circle of ${circle.length} files: ${circle.join(', ')}`,
  }));

function listArrows(project: Project): readonly Arrow[] {
  return project
    .filter(({ path }) => isProduct(path))
    .flatMap(({ path: from, imports }) => imports.map((each) => ({ ...each, from })));
}
