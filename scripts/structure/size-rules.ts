import { isHandWritten, isTest } from './project.ts';
import type { Rule } from './violation.ts';

/** The most lines that a function may have, from its first to its last; a test's body may have more. */
const maxFunctionLines = 40;
const maxFileLines = 250;
const maxTestFileLines = 400;
/** A reader holds about this many words until the full stop. */
const maxSentenceWords = 25;

/** No function is too long to be seen at once. */
export const findLongFunctions: Rule = (project) =>
  project
    .filter(({ path }) => isHandWritten(path) && !isTest(path))
    .flatMap(({ path, functions }) =>
      functions
        .filter(({ lineCount }) => lineCount > maxFunctionLines)
        .map(({ name, line, lineCount }) => ({
          path,
          line,
          message: `${name} has ${lineCount} lines, more than ${maxFunctionLines}`,
        })),
    );

/** No file is too long for its one reason. */
export const findLongFiles: Rule = (project) =>
  project
    .filter(({ path }) => isHandWritten(path))
    .map(({ path, lineCount }) => ({ path, lineCount, most: isTest(path) ? maxTestFileLines : maxFileLines }))
    .filter(({ lineCount, most }) => lineCount > most)
    .map(({ path, lineCount, most }) => ({ path, line: 1, message: `has ${lineCount} lines, more than ${most}` }));

/** No sentence of a comment is too long to be read once. */
export const findLongSentences: Rule = (project) =>
  project
    .filter(({ path }) => isHandWritten(path))
    .flatMap(({ path, sentences }) =>
      sentences
        .filter(({ wordCount }) => wordCount > maxSentenceWords)
        .map(({ text, wordCount, line }) => ({
          path,
          line,
          message: `has a sentence of ${wordCount} words, more than ${maxSentenceWords}: ${text.split(' ').slice(0, 8).join(' ')}…`,
        })),
    );
