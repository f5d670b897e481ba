import { toLine } from './parsed-source.ts';
import type { ParsedSource } from './parsed-source.ts';

/** A sentence of a comment. */
export interface Sentence {
  readonly text: string;
  readonly wordCount: number;
  /** Where its comment begins. */
  readonly line: number;
}

/** The sentences of all comments, of line comments below each other as of one; instructions to tools are none. */
export function readSentences(source: ParsedSource): readonly Sentence[] {
  return joinLineComments(source).flatMap(({ text, start }) =>
    splitSentences(text).map((sentence) => ({
      text: sentence,
      wordCount: sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
      line: toLine(source, start),
    })),
  );
}

interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function joinLineComments({ text, comments }: ParsedSource): readonly Comment[] {
  const joined: Comment[] = [];
  for (const { type, value, start, end } of comments) {
    if (/^\s*(eslint|oxlint|prettier|@ts)-/.test(value)) continue;
    const last = joined.at(-1);
    if (type === 'Line' && last !== undefined && /^\n[ ]*$/.test(text.slice(last.end, start))) {
      joined[joined.length - 1] = { text: `${last.text}\n${value}`, start: last.start, end };
    } else {
      joined.push({ text: type === 'Line' ? value : value.replace(/^[ ]*\*/gm, ''), start, end });
    }
  }
  return joined;
}

/** Ends a sentence at its full stop, at an empty line, and before an item of a list. */
function splitSentences(comment: string): readonly string[] {
  return comment
    .split(/\n\s*\n|\n\s*(?=[-@] ?\w)|(?<=[.!?][)"”’`]?)\s+/)
    .map((sentence) => sentence.trim().replace(/\s+/g, ' '))
    .filter((sentence) => sentence !== '');
}
