import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange, PipelineState } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { ReplacePipelineInput } from '../generated/schema.ts';
import type { PipelineDraft, Replaced } from '../sources/source.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields, checkStages } from './check-input.ts';
import { toStageDrafts, toStoredLabel } from './drafts.ts';
import { matchStages } from './match-stages.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import {
  checkIfUpdatedAt,
  checkUpdatedAt,
  openTarget,
  readBack,
  requirePipelineKey,
  write,
  writeCallFor,
} from './target.ts';

interface Payload extends Replaced {
  readonly pipeline: Pipeline | null;
  readonly changes: readonly PipelineChange[];
}

/** Makes a pipeline what the input says; stages that stay keep their ids. */
export function replacePipeline(input: ReplacePipelineInput, context: Context, selected: ReadonlySet<string>) {
  return runMutation<Payload>(context, { pipeline: null, changes: [], migrations: [] }, async (payload) => {
    const { collection, key } = requirePipelineKey(context, input.id);
    throwProblems(checkReplacement(input, collection));
    const call = writeCallFor(context, collection);
    const current = await openTarget(collection, key, call, input.id).read();
    throwProblems(checkUpdatedAt(current, input.ifUpdatedAt));
    const { draft, problems } = prepareReplacement(input, current, collection);
    throwProblems(problems);
    const options = { validateReferences: input.validateReferences ?? true };
    const { migrations } = await write(context, current, () =>
      collection.source.replacePipeline(current, draft, options, call),
    );
    payload.migrations = migrations;
    if (!selected.has('pipeline') && !selected.has('changes')) return;
    payload.pipeline = await readBack(collection, key, call);
    payload.changes = toPipelineChanges(current, payload.pipeline);
  });
}

/** The draft of a replacement of a pipeline in its present state, and what is wrong with it in the light of that state. */
export function prepareReplacement(input: ReplacePipelineInput, current: PipelineState, collection: Collection) {
  const match = matchStages(current.stages, input.stages, collection.objectType);
  const draft: PipelineDraft = {
    label: toStoredLabel(input.label, collection.source.inputRules),
    displayOrder: input.displayOrder ?? null,
    description: input.description ?? null,
    stages: toStageDrafts(input.stages, match.existing, collection),
  };
  return { draft, problems: match.problems };
}

/** Every problem of a replacement that is found without asking anybody. */
export function checkReplacement(input: ReplacePipelineInput, collection: Collection): readonly Problem[] {
  const { objectType, source } = collection;
  const rules = source.inputRules;
  return [
    ...checkLabel(input.label, ['label'], rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkPipelineFields(input, rules),
    ...checkStages(input.stages, objectType, rules),
    ...checkIfUpdatedAt(collection, input.ifUpdatedAt),
  ];
}
