import type { Context } from '../context/context.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import { settle } from '../domain/look-up.ts';
import { findPipeline } from '../domain/pipeline-list.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { nothingMore } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { requireWhole } from '../domain/unread-stages.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { ReplacePipelineInput } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { toWritablePipeline } from './archived-stages.ts';
import { checkCondition, checkCurrent } from './conditions.ts';
import { toPlannedState } from './drafts.ts';
import { withMerges } from './merge-stages.ts';
import { checkNewReplacement, prepareReplacement, warnOfReplacement } from './replace-pipeline.ts';
import { throwProblems, withProblems, writeCallFor } from './run-mutation.ts';
import { locatePipeline, readPipelineToWrite } from './target.ts';
import type { PipelineTarget } from './target.ts';

interface Plan {
  readonly changes: readonly PipelineChange[];
  readonly warnings: readonly PipelineWarning[];
}

/** What `replacePipeline` with the same input would change, or why it would change nothing. Reads only. */
export function pipelineReplacePlan(input: ReplacePipelineInput, context: Context) {
  return withProblems<Plan>(context, { changes: [], warnings: [] }, async (payload) => {
    const target = locatePipeline(context, input.id, input);
    const { collection, condition } = target;
    throwProblems([...checkNewReplacement(input, collection), ...checkCondition(target)]);
    const { current, others } = await readWithOthers(target, input.id, writeCallFor(context, collection));
    requireWhole(current);
    const { plan: draft, problems } = prepareReplacement(input, current, collection);
    throwProblems([...checkCurrent(current, condition), ...problems, ...checkLabelIsFree(draft.label, others)]);
    const planned = toPlannedState(current, draft, collection.objectType);
    const changes = toPipelineChanges(toWritablePipeline(current, collection), planned).map(withoutUnknownId);
    payload.changes = withMerges(changes, draft.stages);
    payload.warnings = warnOfReplacement(input, current, collection);
  });
}

/** One read shows the pipeline and, if the source has a list call, those whose labels it must not take. */
async function readWithOthers({ collection, key }: PipelineTarget, id: string, call: Call) {
  const { source, objectType } = collection;
  if (!source.capabilities.includes('LIST_PIPELINES')) {
    return { current: await readPipelineToWrite(collection, key, call, id, 'id'), others: [] };
  }
  const list = await source.listPipelines(objectType, { includeArchived: false }, call);
  const listed = settle(findPipeline(list, key.pipelineId), source.name);
  const current = listed ?? (await readPipelineToWrite(collection, key, call, id, 'id'));
  return { current, others: list.pipelines.filter((pipeline) => pipeline !== current) };
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
