import type { ParseResult } from 'vite';

/** A file as the parser gives it; positions are offsets in `text`. */
export interface ParsedSource extends Pick<ParseResult, 'program' | 'comments'> {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The line of an offset; the first is 1. */
export function toLine({ text }: Pick<ParsedSource, 'text'>, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
