import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toGraph } from './graph.ts';
import type { Graph } from './graph.ts';
import { nameRoom } from './rooms.ts';
import type { House } from './rooms.ts';
import { parseSourceFile } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** All files of TypeScript that the project is written in, in the order of their paths. */
export type Project = readonly SourceFile[];

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const patterns = ['{src,sandbox,scripts,bench,examples,test}/**/*.ts', '*.ts'];

/** Reads the project that these scripts are part of, or the one in another folder. */
export function readProject(root = projectRoot): Project {
  // A folder can have packages of its own, which nobody here writes.
  return globSync(patterns, { cwd: root, exclude: ['**/node_modules'] })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => parseSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

/** Whether a file is delivered: the gateway, and the sandbox that it can start. */
export function isProduct(path: string): boolean {
  return path.startsWith('src/') || path.startsWith('sandbox/');
}

/** Whether a file tests others; what such a file imports is not yet used. */
export function isTest(path: string): boolean {
  return path.startsWith('test/');
}

/** Whether a file is written by hand, so that it has a size and comments to answer for. */
export function isHandWritten(path: string): boolean {
  return !path.startsWith('src/generated/');
}

/** Which file of the product imports which. */
export function toFileGraph(project: Project): Graph {
  return toGraph(
    project
      .filter(({ path }) => isProduct(path))
      .flatMap(({ path, imports }) => [
        [path, path] as const,
        ...imports.filter((each) => isProduct(each.path)).map((each) => [path, each.path] as const),
      ]),
  );
}

/** Which room of the product imports which. */
export function toRoomGraph(project: Project, house: House): Graph {
  return toGraph(
    [...toFileGraph(project)].flatMap(([from, targets]) =>
      [from, ...targets].map((to) => [nameRoom(house, from), nameRoom(house, to)] as const),
    ),
  );
}
