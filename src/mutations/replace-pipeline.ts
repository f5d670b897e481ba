import type { Collection } from '../context/collections.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange, PipelineState } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { ReplacePipelineInput } from '../generated/schema.ts';
import type { PipelineDraft, Replaced } from '../sources/source.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields, checkStages } from './check-input.ts';
import { toStageDrafts, toStoredLabel } from './drafts.ts';
import { matchStages } from './match-stages.ts';
import { readBack } from './read-back.ts';
import { warnOfRemovals } from './reference-warnings.ts';
import { defineMutation } from './run-mutation.ts';
import type { Prepared } from './run-mutation.ts';
import { locatePipeline } from './target.ts';

interface Payload extends Replaced {
  readonly pipeline: Pipeline | null;
  readonly changes: readonly PipelineChange[];
  readonly warnings: readonly PipelineWarning[];
}

const nothing: Payload = { pipeline: null, changes: [], migrations: [], warnings: [] };

/** Makes a pipeline what the input says; stages that stay keep their ids. */
export const replacePipeline = defineMutation({
  empty: nothing,
  locate: (input: ReplacePipelineInput, context) => locatePipeline(context, input.id, input),
  check: (input, { collection }) => checkReplacement(input, collection),
  needsWhole: true,
  prepare(input, current, { collection }) {
    const { plan: draft, problems } = prepareReplacement(input, current, collection);
    return { plan: { draft, validateReferences: input.validateReferences ?? true }, problems };
  },
  note(payload, current, { input, target: { collection } }) {
    payload.warnings = warnOfReplacement(input, current, collection);
  },
  write: ({ draft, ...options }, current, { collection: { source, objectType }, call }) =>
    source.replacePipeline(objectType, current, draft, options, call),
  async show(payload, { migrations }, current, { collection, target: { key }, call, selected }) {
    payload.migrations = migrations;
    if (!selected.has('pipeline') && !selected.has('changes')) return;
    payload.pipeline = await readBack(collection, key, call);
    payload.changes = toPipelineChanges(current, payload.pipeline);
  },
});

/** What speaks against a replacement that can be made all the same. */
export function warnOfReplacement(
  input: ReplacePipelineInput,
  current: PipelineState,
  collection: Collection,
): readonly PipelineWarning[] {
  const { existing } = matchStages(current.stages, input.stages, collection.objectType);
  const removed = current.stages.filter((stage) => !existing.includes(stage));
  return warnOfRemovals(removed, input, collection);
}

/** The draft of a replacement of a pipeline in its present state, and what is wrong with it in the light of that state. */
export function prepareReplacement(
  input: ReplacePipelineInput,
  current: PipelineState,
  collection: Collection,
): Prepared<PipelineDraft> {
  const { existing, problems } = matchStages(current.stages, input.stages, collection.objectType);
  const plan = {
    label: toStoredLabel(input.label, collection.source.inputRules),
    displayOrder: input.displayOrder ?? null,
    description: input.description ?? null,
    stages: toStageDrafts(input.stages, existing, collection),
  };
  return { plan, problems };
}

/** Every problem of a replacement that is found without asking anybody. */
export function checkReplacement(input: ReplacePipelineInput, { objectType, source }: Collection): readonly Problem[] {
  const rules = source.inputRules;
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkPipelineFields(input, rules),
    ...checkStages(input.stages, objectType, rules),
  ];
}
