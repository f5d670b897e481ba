import { findUndocumentedExports, listExportsForTests, listUnusedExports } from './export-rules.ts';
import { findCircles, measureLongestChain } from './graph.ts';
import type { Graph } from './graph.ts';
import { isHandWritten, isProduct, toFileGraph, toRoomGraph } from './project.ts';
import type { Project } from './project.ts';
import { findFilesWithoutRoom, findImportsThatGoUp } from './room-rules.ts';
import type { House } from './rooms.ts';
import { findLongFiles, findLongFunctions, findLongSentences } from './size-rules.ts';
import type { SourceFile } from './source-file.ts';

/** What is measured, with its figure as text. */
type Figure = readonly [name: string, value: string];

/** The figures of what is delivered; `generated/` counts if imports are measured, and not if anything else is. */
export function measureStructure(project: Project, house: House): readonly Figure[] {
  const written = project.filter(({ path }) => isProduct(path) && isHandWritten(path));
  return [
    ['files written by hand', `${written.length}`],
    ...measureRooms(project, house),
    ...measureFiles(written, project, house),
  ];
}

function measureRooms(project: Project, house: House): readonly Figure[] {
  const [files, rooms] = [toFileGraph(project), toRoomGraph(project, house)];
  return [
    ['rooms', `${rooms.size}`],
    ['floors: the longest chain of rooms', `${measureLongestChain(rooms)}`],
    ['arrows between rooms', `${countArrows(rooms)}`],
    ['arrows between files', `${countArrows(files)}`],
    ['imports that go up', `${findImportsThatGoUp(project, house).length}`],
    ['circles of files', describeCircles(files)],
    ['circles of rooms', describeCircles(rooms)],
    ['loose files in src/', `${project.filter(({ path }) => /^src\/[^/]+$/.test(path)).length}`],
    ['files in no room', `${findFilesWithoutRoom(project, house).length}`],
  ];
}

function measureFiles(written: Project, project: Project, house: House): readonly Figure[] {
  const functions = written.flatMap(({ path, functions: own }) => own.map((each) => ({ ...each, path })));
  const longest = functions.reduce((a, b) => (b.lineCount > a.lineCount ? b : a));
  const count = (places: readonly Pick<SourceFile, 'path'>[]): string =>
    `${places.filter(({ path }) => isProduct(path)).length}`;
  return [
    ['functions over 40 lines', `${count(findLongFunctions(project, house))} of ${functions.length}`],
    ['longest function', `${longest.name} in ${longest.path}, ${longest.lineCount} lines`],
    ['files over 250 lines', count(findLongFiles(project, house))],
    ['longest file', describeLongest(written)],
    ['exports without a doc comment', count(findUndocumentedExports(project, house))],
    ['exports that no other file imports', count(listUnusedExports(project))],
    ['exports that only tests import', count(listExportsForTests(project))],
    ['sentences over 25 words in comments', count(findLongSentences(project, house))],
  ];
}

function describeLongest(files: Project): string {
  const { path, lineCount } = files.reduce((a, b) => (b.lineCount > a.lineCount ? b : a));
  return `${path}, ${lineCount} lines`;
}

function countArrows(graph: Graph): number {
  return [...graph.values()].reduce((sum, { size }) => sum + size, 0);
}

function describeCircles(graph: Graph): string {
  const circles = findCircles(graph);
  return circles.length === 0 ? '0' : `${circles.length} (of ${circles.map(({ length }) => length).join(', ')})`;
}
