import type { Collection } from '../context/collections.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import type { Problem } from '../domain/problems.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { ReplacePipelineInput } from '../generated/schema.ts';
import type { InputRules } from '../sources/input-rules.ts';
import type { PipelineDraft } from '../sources/source.ts';
import { nothingMoved } from '../sources/write-results.ts';
import type { Replaced } from '../sources/write-results.ts';
import { toWritableStages } from './archived-stages.ts';
import { hasFields, hasStages } from './as-asked.ts';
import { checkDisplayOrder, checkLabel, checkPipelineFields, checkStages, toRulesForExisting } from './check-input.ts';
import { toStageDrafts, toStoredLabel } from './drafts.ts';
import { matchStages } from './match-stages.ts';
import { checkCanMerge, checkMerges, withMerges } from './merge-stages.ts';
import type { Prepared } from './mutation.ts';
import { warnOfRemovals } from './reference-warnings.ts';
import { defineMutation } from './run-mutation.ts';
import { locatePipeline } from './target.ts';

interface Payload extends Replaced {
  readonly warnings: readonly PipelineWarning[];
}

const nothing: Payload = { migrations: [], warnings: [] };

/** Makes a pipeline what the input says; stages that stay keep their ids. */
export const replacePipeline = defineMutation({
  empty: nothing,
  locate: (input: ReplacePipelineInput, context) => locatePipeline(context, input.id, input),
  check: (input, { collection }) => checkNewReplacement(input, collection),
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
  isAsAsked: (after, { plan: { draft }, current, collection: { objectType } }) =>
    after !== null && hasFields(after, draft, current) && hasStages(after, draft, objectType),
  recover: () => nothingMoved,
  show(payload, { migrations }, { plan: { draft } }) {
    payload.migrations = migrations;
    payload.changes = withMerges(payload.changes, draft.stages);
  },
});

/** What speaks against a replacement that can be made all the same. */
export function warnOfReplacement(
  input: ReplacePipelineInput,
  current: Pipeline,
  collection: Collection,
): readonly PipelineWarning[] {
  const stages = toWritableStages(current, collection);
  const { existing } = matchStages(stages, input.stages, collection.objectType);
  const merged = new Set(input.stages.flatMap(({ mergeStageIds }) => mergeStageIds ?? []));
  const removed = stages.filter((stage) => !existing.includes(stage) && !merged.has(stage.stageId));
  return warnOfRemovals(removed, input, collection);
}

/** The draft of a replacement of a pipeline in its present state, and what is wrong with it in the light of that state. */
export function prepareReplacement(
  input: ReplacePipelineInput,
  current: Pipeline,
  collection: Collection,
): Prepared<PipelineDraft> {
  const stages = toWritableStages(current, collection);
  const { existing, problems } = matchStages(stages, input.stages, collection.objectType);
  const plan = {
    label: toStoredLabel(input.label, collection.source.inputRules),
    displayOrder: input.displayOrder ?? null,
    description: input.description ?? null,
    stages: toStageDrafts(input.stages, existing, collection),
  };
  return {
    plan,
    problems: [
      ...checkReplacement(input, current, collection, collection.source.inputRules),
      ...problems,
      ...checkMerges(input.stages, stages, existing),
    ],
  };
}

/** Every problem of a replacement that shows without asking anybody; none if the present state may clear all of them. */
export function checkNewReplacement(input: ReplacePipelineInput, collection: Collection): readonly Problem[] {
  const rules = collection.source.inputRules;
  const problems = checkReplacement(input, null, collection, rules);
  const certain = checkReplacement(input, null, collection, toRulesForExisting(rules));
  return certain.length === 0 ? [] : problems;
}

/** What the present state has already is taken as it is. */
function checkReplacement(
  input: ReplacePipelineInput,
  current: Pipeline | null,
  collection: Collection,
  rules: InputRules,
): readonly Problem[] {
  return [
    ...checkLabel(input.label, ['label'], input.label === current?.label ? toRulesForExisting(rules) : rules),
    ...checkDisplayOrder(input.displayOrder, ['displayOrder']),
    ...checkPipelineFields(input, rules),
    ...checkStages(input.stages, collection.objectType, rules, current?.stages),
    ...checkCanMerge(input.stages, collection),
  ];
}
