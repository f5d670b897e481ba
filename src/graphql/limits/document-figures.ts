import { Kind, visit } from 'graphql';
import type { DocumentNode, SelectionNode, SelectionSetNode } from 'graphql';

/** How much a document asks for, before the schema or the variables are looked at. */
interface DocumentFigures extends SelectionFigures {
  readonly directives: number;
  /** The most items in one list that is written in the document. */
  readonly listSize: number;
}

interface SelectionFigures {
  /** Of fields; a field at the root has 1. */
  readonly depth: number;
  /** Like depth, with each fragment a level of its own. */
  readonly nesting: number;
  /** With each fragment counted as often as it is spread. */
  readonly fields: number;
  readonly aliases: number;
  /** At the outermost level. */
  readonly rootFields: number;
}

const nothing: SelectionFigures = { depth: 0, nesting: 0, fields: 0, aliases: 0, rootFields: 0 };

/**
 * Measures a document: the largest figure of any of its operations and fragments. The time is proportional to its length,
 * whatever fragments spread each other. `requireNesting` throws where selections nest too deep to go on.
 */
export function measureDocument(document: DocumentNode, requireNesting: (nesting: number) => void): DocumentFigures {
  const selections = measureSelections(document, requireNesting);
  let [fields, directives, listSize] = [0, 0, 0];
  // graphql's visitor does not recurse.
  visit(document, {
    Field: () => void (fields += 1),
    Directive: () => void (directives += 1),
    ListValue: ({ values }) => void (listSize = Math.max(listSize, values.length)),
  });
  return { ...selections, fields: Math.max(fields, selections.fields), directives, listSize };
}

function measureSelections(document: DocumentNode, requireNesting: (nesting: number) => void): SelectionFigures {
  const definitions = document.definitions.filter((definition) => 'selectionSet' in definition);
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet]] : [],
    ),
  );
  const measuring: Measuring = { fragments, known: new Map(), requireNesting };
  return definitions
    .map((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? { ...measureFragment(definition.name.value, 0, measuring), rootFields: 0 }
        : measureSet(definition.selectionSet, 0, measuring),
    )
    .reduce(larger, nothing);
}

/** What the measuring of one document goes by. */
interface Measuring {
  readonly fragments: ReadonlyMap<string, SelectionSetNode>;
  /** The figures of the fragments that were measured already. */
  readonly known: Map<string, SelectionFigures>;
  readonly requireNesting: (nesting: number) => void;
}

function measureSet(set: SelectionSetNode | undefined, level: number, measuring: Measuring): SelectionFigures {
  measuring.requireNesting(level);
  return (set?.selections ?? []).map((selection) => measure(selection, level, measuring)).reduce(add, nothing);
}

function measure(selection: SelectionNode, level: number, measuring: Measuring): SelectionFigures {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value, level, measuring);
  const inner = measureSet(selection.selectionSet, level + 1, measuring);
  const nesting = inner.nesting + 1;
  if (selection.kind === Kind.INLINE_FRAGMENT) return { ...inner, nesting };
  const aliases = inner.aliases + (selection.alias === undefined ? 0 : 1);
  return { depth: inner.depth + 1, nesting, fields: inner.fields + 1, aliases, rootFields: 1 };
}

function measureFragment(name: string, level: number, measuring: Measuring): SelectionFigures {
  const { fragments, known, requireNesting } = measuring;
  let inner = known.get(name);
  if (inner === undefined) {
    // If the fragment spreads itself, which validation refuses, it adds nothing.
    known.set(name, nothing);
    inner = measureSet(fragments.get(name), level + 1, measuring);
    known.set(name, inner);
  }
  const nesting = inner.nesting + 1;
  requireNesting(level + nesting);
  return { ...inner, nesting };
}

function add(a: SelectionFigures, b: SelectionFigures): SelectionFigures {
  return {
    depth: Math.max(a.depth, b.depth),
    nesting: Math.max(a.nesting, b.nesting),
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
  };
}

function larger(a: SelectionFigures, b: SelectionFigures): SelectionFigures {
  return {
    depth: Math.max(a.depth, b.depth),
    nesting: Math.max(a.nesting, b.nesting),
    fields: Math.max(a.fields, b.fields),
    aliases: Math.max(a.aliases, b.aliases),
    rootFields: Math.max(a.rootFields, b.rootFields),
  };
}
