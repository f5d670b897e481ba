import { hash } from 'node:crypto';
import { GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../request-error.ts';
import { measureDocument } from './document-figures.ts';
import type { OperationLimits } from './limits.ts';
import { requireWithin } from './require-within.ts';

/** Brackets, inline fragments and spreads may nest without adding to a field's depth, but not without end. */
const nestingForEachLevel = 10;

/**
 * Makes the check that every document's text must pass before it is parsed and validated: OPERATION_TOO_COMPLEX where it is
 * above a limit. A text with a syntax error passes, for GraphQL to say which. Texts that passed are remembered.
 */
export function createDocumentCheck(limits: OperationLimits): (text: string) => void {
  const passed = new LRUCache<string, true>({ max: 10_000 });
  return function checkDocument(text) {
    const key = hash('sha256', text, 'base64');
    if (passed.has(key)) return;
    try {
      checkTokens(text, limits);
      checkFigures(text, limits);
    } catch (error) {
      if (error instanceof RequestError || !(error instanceof GraphQLError)) throw error;
      return;
    }
    passed.set(key, true);
  };
}

/** Looks at the tokens alone, so that the parser, which recurses, never meets a text that it cannot cope with. */
function checkTokens(text: string, limits: OperationLimits): void {
  // The lexer skips comments at its own expense, so each counts like a token.
  let tokens = text.split('#').length - 1;
  let nesting = 0;
  const lexer = new Lexer(new Source(text));
  requireWithin(limits, 'tokens', tokens);
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    requireWithin(limits, 'tokens', (tokens += 1));
    if (opening.has(kind)) nesting += 1;
    if (closing.has(kind)) nesting -= 1;
    requireNesting(limits, nesting);
  }
}

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function requireNesting(limits: OperationLimits, nesting: number): void {
  if (nesting > limits.depth * nestingForEachLevel) requireWithin(limits, 'depth', nesting);
}

function checkFigures(text: string, limits: OperationLimits): void {
  const figures = measureDocument(parse(text, { noLocation: true }), (nesting) => requireNesting(limits, nesting));
  for (const name of ['depth', 'aliases', 'rootFields', 'fields', 'directives', 'listSize'] as const) {
    requireWithin(limits, name, figures[name]);
  }
}
