import { parseSync } from 'vite';
import { readSentences } from './comments.ts';
import type { Sentence } from './comments.ts';
import { readFunctions } from './functions.ts';
import type { FunctionSize } from './functions.ts';
import { readExports, readImports } from './module-syntax.ts';
import type { Export, Import } from './module-syntax.ts';

/** What a file of TypeScript says about itself, without asking any other. */
export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly lineCount: number;
  /** Those of other files of the project; packages are left out. */
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly functions: readonly FunctionSize[];
  /** Those of all comments. */
  readonly sentences: readonly Sentence[];
}

/** Parses a file of TypeScript; throws if it is none. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const source = { path, text, program, comments };
  return {
    path,
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: readImports(source),
    exports: readExports(source),
    functions: readFunctions(source),
    sentences: readSentences(source),
  };
}
