import { Kind, visit } from 'graphql';
import type { DocumentNode } from 'graphql';

/** What a document's fields say of the answers to it. */
interface DocumentTraits {
  /** Whether it asks for a history, which nobody may keep. */
  readonly asksForHistory: boolean;
  /** Whether its answers depend on snapshots, the configuration and the date alone, not on who asks or how an upstream does. */
  readonly isOfSnapshots: boolean;
  /** Whether its answers tell when something was read. */
  readonly showsReadTime: boolean;
  /** Where it asks for entities and for nothing else; null if it does not. */
  readonly entities: EntitiesField | null;
}

/** The field that asks for entities, which are all that a document asks for. */
export interface EntitiesField {
  /** What the list is called in the answer. */
  readonly responseKey: string;
  /** The variable that holds the representations. */
  readonly variable: string;
}

/** Fields that have the same name wherever they stand, whose values no snapshot has. */
const fieldsOfMore: ReadonlySet<string> = new Set([
  'audit',
  'status',
  'viewer',
  'pipelineReplacePlan',
  'restorePipelinePlan',
  'syncPipelinePlan',
  '_service',
  '__schema',
  '__type',
]);

const known = new WeakMap<DocumentNode, DocumentTraits>();

/** The traits of a document, found out once, because Apollo keeps those that it has parsed. */
export function toDocumentTraits(document: DocumentNode): DocumentTraits {
  const before = known.get(document);
  if (before !== undefined) return before;
  const names = new Set<string>();
  visit(document, { Field: ({ name }) => void names.add(name.value) });
  const traits = {
    asksForHistory: names.has('audit'),
    isOfSnapshots: names.isDisjointFrom(fieldsOfMore),
    showsReadTime: names.has('readAt'),
    entities: findEntitiesField(document),
  };
  known.set(document, traits);
  return traits;
}

function findEntitiesField({ definitions }: DocumentNode): EntitiesField | null {
  const [operation, ...others] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return null;
  const [field, ...more] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || more.length > 0) return null;
  const [argument] = field.arguments ?? [];
  const isPlain = field.name.value === '_entities' && (field.directives ?? []).length === 0;
  if (!isPlain || argument?.value.kind !== Kind.VARIABLE) return null;
  return { responseKey: (field.alias ?? field.name).value, variable: argument.value.name.value };
}
