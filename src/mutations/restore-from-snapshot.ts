import { requireCollection, requireSource } from '../context/collections.ts';
import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { Problem } from '../domain/problems.ts';
import { readSnapshotDocument } from '../domain/snapshot-document.ts';
import type { DocumentedPipeline } from '../domain/snapshot-document.ts';
import { checkNewPipeline, toKey, toNewPipeline } from './create-pipeline.ts';
import { readBack } from './read-back.ts';
import { nothingRestored, showRestored } from './restored.ts';
import { defineMutation } from './run-mutation.ts';
import { newIn } from './target.ts';

/** Creates an archived pipeline again from the document of its snapshot, with its old ids if the source takes them. */
export const restoreFromSnapshot = defineMutation({
  empty: nothingRestored,
  locate,
  check: (_, { input, collection }) => checkNewPipeline(input, collection).map(underSnapshot),
  prepare: (_, __, { collection, target: { input } }) => ({
    plan: toNewPipeline(input, collection, { comesBack: true }),
    problems: [],
  }),
  write: (draft, _, { collection: { source, objectType }, call }) => source.createPipeline(objectType, draft, call),
  async show(payload, { pipelineId }, _, { collection, call, selected }) {
    if (!selected.has('pipeline') && !selected.has('changes')) return;
    const pipeline = await readBack(collection, toKey(collection, pipelineId), call);
    showRestored(payload, { ...pipeline, stages: [] }, pipeline);
  },
});

function locate(document: unknown, { sources }: Context) {
  const { sourceName, input } = readSnapshotDocument(document);
  const source = requireSource(sources, sourceName, ['snapshot', 'sourceName']);
  const key = { sourceName: source.name, objectType: input.objectType };
  const collection = requireCollection(sources, key, ['snapshot', 'objectType']);
  return { ...newIn(collection), input: toTakenInput(input, collection) };
}

/** The documented pipeline without what the source does not take of a new one. */
function toTakenInput(input: DocumentedPipeline['input'], { source: { inputRules } }: Collection) {
  const { newIds, pipelineFields } = inputRules;
  return {
    ...input,
    pipelineId: newIds === null ? null : input.pipelineId,
    displayOrder: pipelineFields.displayOrder ? input.displayOrder : null,
    description: pipelineFields.description ? input.description : null,
    isDefault: pipelineFields.isDefault ? input.isDefault : null,
    stages: input.stages.map((stage) => ({ ...stage, stageId: newIds === null ? null : stage.stageId })),
  };
}

function underSnapshot<T extends Problem>(problem: T): T {
  return { ...problem, path: ['snapshot', ...(problem.path ?? [])] };
}
