import { visit } from 'graphql';
import type { DocumentNode } from 'graphql';

/** What a document's fields say of the answers to it. */
interface DocumentTraits {
  /** Whether it asks for a history, which nobody may keep. */
  readonly asksForHistory: boolean;
  /** Whether its answers depend on snapshots, the configuration and the date alone, not on who asks or how an upstream does. */
  readonly isOfSnapshots: boolean;
  /** Whether its answers tell when something was read. */
  readonly showsReadTime: boolean;
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
  };
  known.set(document, traits);
  return traits;
}
