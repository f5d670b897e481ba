import { posix } from 'node:path';
import { Visitor } from 'vite';
import type { ESTree } from 'vite';
import { toLine } from './parsed-source.ts';
import type { ParsedSource } from './parsed-source.ts';

/** An import of another file, of values or of types; so is `export … from`. */
export interface Import {
  /** The other file, from the project's root. */
  readonly path: string;
  /** What is taken; `*` if it may be everything. */
  readonly names: readonly string[];
  readonly line: number;
}

/** A name that a file lets others import. */
export interface Export {
  readonly name: string;
  readonly line: number;
  /** Whether it is an interface or the name of a type. */
  readonly isType: boolean;
  /** Whether a doc comment stands right before it, or it is passed on from a file that documents it. */
  readonly documented: boolean;
}

/** The imports of the project's own files, static, dynamic and inside types. */
export function readImports(source: ParsedSource): readonly Import[] {
  const imports: Import[] = [];
  const add = (node: ESTree.Node, from: ESTree.Node | null, names: readonly string[]): void => {
    if (from?.type !== 'Literal' || typeof from.value !== 'string' || !from.value.startsWith('.')) return;
    const path = posix.join(posix.dirname(source.path), from.value);
    imports.push({ path, names, line: toLine(source, node.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source, node.specifiers.map(toImportedName)),
    ExportNamedDeclaration: (node) =>
      add(
        node,
        node.source,
        node.specifiers.map(({ local }) => toName(local)),
      ),
    ExportAllDeclaration: (node) => add(node, node.source, ['*']),
    ImportExpression: (node) => add(node, node.source, ['*']),
    TSImportType: (node) => add(node, node.source, [toFirstName(node.qualifier)]),
  }).visit(source.program);
  return imports;
}

/** The exports of a file, without a default one, which is there for a tool. */
export function readExports(source: ParsedSource): readonly Export[] {
  return source.program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const { declaration, specifiers } = statement;
    const line = toLine(source, statement.start);
    const isType = statement.exportKind === 'type';
    const documented = statement.source !== null || isDocumented(source, statement);
    const names = [...toDeclaredNames(declaration), ...specifiers.map(({ exported }) => toName(exported))];
    return names.map((name) => ({ name, line, isType, documented }));
  });
}

function isDocumented({ text, comments }: ParsedSource, { start }: ESTree.Node): boolean {
  return comments.some(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && text.slice(end, start).trim() === '',
  );
}

function toDeclaredNames(declaration: ESTree.Declaration | null): readonly string[] {
  if (declaration === null) return [];
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  }
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
}

function toImportedName(specifier: ESTree.ImportDeclarationSpecifier): string {
  if (specifier.type === 'ImportSpecifier') return toName(specifier.imported);
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
}

function toName(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

/** Of `import('./file.ts').Outer.Inner` it is `Outer` that the file exports. */
function toFirstName(qualifier: ESTree.TSImportTypeQualifier | null): string {
  if (qualifier === null) return '*';
  return qualifier.type === 'Identifier' ? qualifier.name : toFirstName(qualifier.left);
}
