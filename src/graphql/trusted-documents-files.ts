import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from './trusted-documents-formats.ts';
import type { DocumentList } from './trusted-documents.ts';

/** What the files of trusted documents hold, and everything that is wrong with them, a sentence for each problem. */
export interface DocumentFiles {
  readonly list: DocumentList;
  readonly problems: readonly string[];
  /** Differs as soon as a file does; taken before any was read. */
  readonly stamp: string;
}

/** What holds if no file is named. */
export const noDocuments: DocumentFiles = { list: toList(new Map()), problems: [], stamp: '' };

/** Reads the manifests that are named, and of a folder all its files that end with `.json`. Never throws. */
export function readDocuments(paths: readonly string[]): DocumentFiles {
  const stamp = stampDocuments(paths);
  const byId = new Map<string, string>();
  const problems: string[] = [];
  for (const path of paths) {
    const files = listFiles(path);
    if (files.length === 0) problems.push(`${path}: the folder has no file that ends with .json`);
    for (const file of files) problems.push(...addFile(byId, file).map((problem) => `${file}: ${problem}`));
  }
  return { list: toList(byId), problems, stamp };
}

/** A text that differs as soon as one of the files does. Never throws. */
export function stampDocuments(paths: readonly string[]): string {
  return paths
    .flatMap(listFiles)
    .map((file) => `${file} ${stampFile(file)}`)
    .join('\n');
}

function stampFile(file: string): string {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(file);
    return [mtimeMs, ctimeMs, size, ino].join(' ');
  } catch {
    return 'none';
  }
}

function toList(byId: ReadonlyMap<string, string>): DocumentList {
  return { byId, texts: new Set(byId.values()) };
}

/** What cannot be read as a folder counts as a file. */
function listFiles(path: string): readonly string[] {
  try {
    const names = readdirSync(path).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    return names.toSorted().map((name) => join(path, name));
  } catch {
    return [path];
  }
}

/** Adds what a file holds; gives what is wrong with it. */
function addFile(byId: Map<string, string>, file: string): readonly string[] {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch {
    return ['the file cannot be read'];
  }
  const { entries, problems } = readManifest(json);
  const clashes = entries.filter(([id, text]) => (byId.get(id) ?? text) !== text);
  for (const [id, text] of entries) byId.set(id, text);
  return [...problems, ...clashes.map(([id]) => `"${id}" has another text before`)];
}
