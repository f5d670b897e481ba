import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { invalidInput } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { translateMeta } from '../domain/stage-meta-operations.ts';
import { requireWhole } from '../domain/unread-stages.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { SyncPipelineInput } from '../generated/schema.ts';
import type { NewPipeline } from '../sources/source.ts';
import { checkStillThere, isInState, planState, recoverState, showState, writeState } from './bring-to-state.ts';
import type { StatePlan } from './bring-to-state.ts';
import { checkLabel } from './check-input.ts';
import { planCopy, requireTarget } from './copy-draft.ts';
import type { Step } from './mutation.ts';
import { defineMutation, writeCallFor } from './run-mutation.ts';
import { locatePipeline, readPipeline, readUnlessArchived } from './target.ts';
import type { PipelineTarget, Target } from './target.ts';

interface Payload {
  readonly notCarried: readonly PipelineChange[];
  readonly warnings: readonly PipelineWarning[];
}

const nothing: Payload = { notCarried: [], warnings: [] };

/** The pipeline that is to be like another one: null if there is none yet. */
interface SyncTarget extends Target<Pipeline | null> {
  readonly key: PipelineTarget['key'];
  readonly original: PipelineTarget;
}

/** What a sync would do, and what it cannot carry. */
interface SyncPlan extends StatePlan {
  readonly notCarried: readonly PipelineChange[];
}

/**
 * Makes the pipeline of another source that has the same id like this one, stages by their ids, or creates it with the same ids.
 * If records in a stage would mean something else, nothing is written unless the input allows it.
 */
export const syncPipeline = defineMutation({
  empty: nothing,
  locate: locateSync,
  check: checkSync,
  needsWhole: true,
  prepare: prepareSync,
  note(payload, _, { plan: { notCarried, warnings } }) {
    payload.notCarried = notCarried;
    payload.warnings = warnings;
  },
  hasSteps: true,
  write: writeState,
  isAsAsked: isInState,
  recover: recoverState,
  show: (payload, _, shown) => showState(payload, shown),
});

/** The original of a sync and what is to be like it; a PipelineFault that names what the input does not mean. */
export function locateSync(input: SyncPipelineInput, context: Context): SyncTarget {
  const original = locatePipeline(context, input.id);
  const collection = requireTarget(input, original.collection, context);
  const { pipelineId } = original.key;
  const key = { sourceName: collection.source.name, objectType: collection.objectType.name, pipelineId };
  const condition = { ifRevision: input.ifRevision };
  return { collection, key, condition, original, read: (call) => readUnlessArchived(collection, key, call) };
}

/** The problems of a sync that show without asking an upstream. */
export function checkSync({ label }: SyncPipelineInput, { collection, key, original }: SyncTarget): readonly Problem[] {
  const { name, inputRules } = collection.source;
  const isItself = key.sourceName === original.key.sourceName && key.objectType === original.key.objectType;
  return [
    ...(isItself ? [invalidInput(['toSourceName'], 'This is where the pipeline is.')] : []),
    ...(inputRules.newIds === null
      ? [
          invalidInput(
            ['toSourceName'],
            `Source "${name}" gives ids itself, so nothing there has the same ids.`,
            'UNSUPPORTED',
          ),
        ]
      : []),
    ...(typeof label === 'string' ? checkLabel(label, ['label'], inputRules) : []),
  ];
}

/** What a sync does to its target as it is; null if there is none. Reads the original. */
export async function prepareSync(
  input: SyncPipelineInput,
  current: Pipeline | null,
  { context, target }: Pick<Step<SyncTarget>, 'context' | 'target'>,
): Promise<{ readonly plan: SyncPlan; readonly problems: readonly Problem[] }> {
  const { collection, original: from, condition } = target;
  const original = await readPipeline(from.collection, from.key, writeCallFor(context, from.collection), input.id);
  requireWhole(original);
  const { draft, notCarried, problems } = planCopy(
    original,
    { ...input, keepIds: true },
    from.collection.objectType,
    collection,
  );
  const options = { validateReferences: input.validateReferences ?? true };
  const planned = planState(keepingOwn(draft, original, current, collection), current, options, collection);
  return {
    plan: { ...planned.plan, notCarried },
    problems: [...problems, ...checkStillThere(condition, current), ...planned.problems],
  };
}

/** The draft of a copy that leaves a stage's own metadata if that of the original cannot be carried. */
function keepingOwn(
  draft: NewPipeline,
  original: Pipeline,
  current: Pipeline | null,
  { objectType: { metaField } }: Collection,
): NewPipeline {
  const existing = new Set(current?.stages.map(({ stageId }) => stageId));
  const metas = new Map(original.stages.map(({ stageId, meta }) => [stageId, meta]));
  const stages = draft.stages.map((stage) => {
    const meta = metas.get(stage.stageId ?? '');
    const isCarried = meta !== undefined && translateMeta(meta, metaField) !== null;
    return isCarried || !existing.has(stage.stageId ?? '') ? stage : { ...stage, meta: null, rawMeta: undefined };
  });
  return { ...draft, comesBack: true, stages };
}
