import { Visitor } from 'vite';
import type { ESTree } from 'vite';
import { toLine } from './parsed-source.ts';
import type { ParsedSource } from './parsed-source.ts';

/** A function, arrow function or method; one inside another counts for both. */
export interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lineCount: number;
}

/** All functions of a file that have a body. */
export function readFunctions(source: ParsedSource): readonly FunctionSize[] {
  const functions: FunctionSize[] = [];
  const names = new Map<ESTree.Node, string>();
  const nameBy = (key: ESTree.Node, value: ESTree.Node | null): void => {
    if (value !== null) names.set(value, key.type === 'Identifier' ? key.name : source.text.slice(key.start, key.end));
  };
  const add = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    if (node.body === null) return;
    const line = toLine(source, node.start);
    const name = node.id?.name ?? names.get(node) ?? '(nameless)';
    functions.push({ name, line, lineCount: toLine(source, node.end) - line + 1 });
  };
  new Visitor({
    VariableDeclarator: ({ id, init }) => nameBy(id, init),
    Property: ({ key, value }) => nameBy(key, value),
    MethodDefinition: ({ key, value }) => nameBy(key, value),
    PropertyDefinition: ({ key, value }) => nameBy(key, value),
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
  }).visit(source.program);
  return functions;
}
