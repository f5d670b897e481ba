import { requireCollection, requireSource } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import { readSnapshotDocument } from '../domain/snapshot-document.ts';
import type { DocumentedPipeline } from '../domain/snapshot-document.ts';
import type { NewPipeline } from '../sources/source.ts';
import { findCreated, isCreated, toKey } from './create-pipeline.ts';
import { toDisplayOrders } from './drafts.ts';
import { defineMutation } from './run-mutation.ts';
import { newIn } from './target.ts';

/**
 * Creates an archived pipeline again from the document of its snapshot, with its old ids if the source takes them. The
 * document's digest shows that it existed, so no rule for new input judges it: its upstream does.
 */
export const restoreFromSnapshot = defineMutation({
  empty: {},
  locate,
  prepare: (_, __, { target: { draft } }) => ({ plan: draft, problems: [] }),
  write: (draft, _, { collection: { source, objectType }, call }) => source.createPipeline(objectType, draft, call),
  made: ({ pipelineId }, { collection }) => toKey(collection, pipelineId),
  isAsAsked: (after, asked) => isCreated(after, asked),
  recover: (draft, { collection, call }) => findCreated(draft, collection, call),
  show(payload, _, { after }) {
    if (after !== null) payload.changes = toPipelineChanges({ ...after, stages: [] }, after);
  },
});

function locate(document: unknown, { sources }: Context) {
  const pipeline = readSnapshotDocument(document);
  const source = requireSource(sources, pipeline.sourceName, ['snapshot', 'sourceName']);
  const key = { sourceName: source.name, objectType: pipeline.objectType };
  const collection = requireCollection(sources, key, ['snapshot', 'objectType']);
  return { ...newIn(collection), draft: toDraft(pipeline, collection) };
}

/** The documented pipeline without what the source does not take of a new one. */
function toDraft(pipeline: DocumentedPipeline, { source: { inputRules } }: Collection): NewPipeline {
  const { newIds, pipelineFields } = inputRules;
  const orders = toDisplayOrders(pipeline.stages);
  return {
    label: pipeline.label,
    comesBack: true,
    pipelineId: newIds === null ? null : pipeline.pipelineId,
    displayOrder: pipelineFields.displayOrder ? pipeline.displayOrder : null,
    description: pipelineFields.description ? pipeline.description : null,
    isDefault: pipelineFields.isDefault ? pipeline.isDefault : null,
    stages: pipeline.stages.map((stage, index) => ({
      ...stage,
      stageId: newIds === null ? null : stage.stageId,
      displayOrder: orders[index] ?? index,
    })),
  };
}
