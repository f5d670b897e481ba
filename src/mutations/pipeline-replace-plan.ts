import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { PipelineKey } from '../domain/ids.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { nothingMore, notFound, PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import type { ReplacePipelineInput } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { toPlannedState } from './drafts.ts';
import { checkReplacement, prepareReplacement } from './replace-pipeline.ts';
import { throwProblems, runMutation } from './run-mutation.ts';
import { checkUpdatedAt, requirePipelineKey, writeCallFor } from './target.ts';

interface Plan {
  readonly changes: readonly PipelineChange[];
}

/** What `replacePipeline` with the same input would change, or why it would change nothing. Reads only. */
export function pipelineReplacePlan(input: ReplacePipelineInput, context: Context) {
  return runMutation<Plan>(context, { changes: [] }, async (plan) => {
    const { collection, key } = requirePipelineKey(context, input.id);
    throwProblems(checkReplacement(input, collection));
    const { current, others } = await readWithOthers(collection, key, input.id, writeCallFor(context, collection));
    const { draft, problems } = prepareReplacement(input, current, collection);
    throwProblems([
      ...checkUpdatedAt(current, input.ifUpdatedAt),
      ...problems,
      ...checkLabelIsFree(draft.label, others),
    ]);
    plan.changes = toPipelineChanges(current, toPlannedState(current, draft, collection.objectType)).map(
      withoutUnknownId,
    );
  });
}

/** One read shows the pipeline and, where the source has a list call, those whose labels it must not take. */
async function readWithOthers({ source, objectType }: Collection, key: PipelineKey, id: string, call: Call) {
  const pipelines = source.capabilities.includes('LIST_PIPELINES')
    ? (await source.listPipelines(objectType, { includeArchived: false }, call)).pipelines
    : [await source.readPipeline(key, call)].filter((pipeline) => pipeline !== null);
  const current = pipelines.find((pipeline) => pipeline.pipelineId === key.pipelineId);
  if (current === undefined) throw new PipelineFault([notFound(id, 'There is no such pipeline.')], source.name);
  return { current, others: pipelines.filter((pipeline) => pipeline !== current) };
}

function checkLabelIsFree(label: string, others: readonly Pipeline[]): readonly Problem[] {
  const comparable = toComparableLabel(label);
  const holder = others.find((pipeline) => toComparableLabel(pipeline.label) === comparable);
  if (holder === undefined) return [];
  return [
    { ...nothingMore, code: 'LABEL_TAKEN', message: 'The label is taken.', path: ['label'], value: holder.label },
  ];
}

/** A new stage has no id before the upstream gives it one. */
function withoutUnknownId(change: PipelineChange): PipelineChange {
  return change.stageId === '' ? { ...change, stageId: null } : change;
}
