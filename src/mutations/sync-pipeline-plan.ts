import type { Context } from '../context/context.ts';
import type { PipelineChange } from '../domain/diff.ts';
import { requireWhole } from '../domain/unread-stages.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { SyncPipelineInput } from '../generated/schema.ts';
import { toStateChanges } from './bring-to-state.ts';
import { checkCondition, checkCurrent } from './conditions.ts';
import { throwProblems, withProblems, writeCallFor } from './run-mutation.ts';
import { checkSync, locateSync, prepareSync } from './sync-pipeline.ts';

interface Plan {
  readonly changes: readonly PipelineChange[];
  readonly notCarried: readonly PipelineChange[];
  readonly warnings: readonly PipelineWarning[];
}

const nothing: Plan = { changes: [], notCarried: [], warnings: [] };

/** What `syncPipeline` with the same input would change, or why it would change nothing. Reads only. */
export function syncPipelinePlan(input: SyncPipelineInput, context: Context) {
  return withProblems<Plan>(context, nothing, async (payload) => {
    const target = locateSync(input, context);
    throwProblems([...checkSync(input, target), ...checkCondition(target)]);
    const { collection, condition } = target;
    const current = await target.read(writeCallFor(context, collection));
    if (current !== null) requireWhole(current);
    const { plan, problems } = await prepareSync(input, current, { context, target });
    throwProblems([...checkCurrent(current, condition), ...problems]);
    payload.changes = toStateChanges(plan, current, collection);
    payload.notCarried = plan.notCarried;
    payload.warnings = plan.warnings;
  });
}
