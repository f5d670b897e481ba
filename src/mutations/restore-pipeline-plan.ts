import type { Collection } from '../context/collections.ts';
import type { Context } from '../context/context.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { requireWhole } from '../domain/unread-stages.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { RestorePipelineInput } from '../generated/schema.ts';
import { findEntry, openAuditHistory } from '../sources/audit-history.ts';
import type { Call } from '../sources/source.ts';
import { toStateChanges } from './bring-to-state.ts';
import { checkCondition, checkCurrent } from './conditions.ts';
import { checkRestore, prepareRestore } from './restore-pipeline.ts';
import type { RestorePlan } from './restore-pipeline.ts';
import { locateRestore } from './restore-target.ts';
import { toComparedState } from './restored-state.ts';
import { throwProblems, withProblems, writeCallFor } from './run-mutation.ts';

interface Plan {
  readonly changes: readonly PipelineChange[];
  readonly undoes: readonly AuditEntry[];
  readonly warnings: readonly PipelineWarning[];
}

/** What `restorePipeline` with the same input would change and undo, or why it would change nothing. Reads only. */
export function restorePipelinePlan(input: RestorePipelineInput, context: Context, selected: ReadonlySet<string>) {
  return withProblems<Plan>(context, { changes: [], undoes: [], warnings: [] }, async (payload) => {
    const target = locateRestore(input, context);
    throwProblems([...checkRestore(input, target), ...checkCondition(target)]);
    const { collection, condition } = target;
    const call = writeCallFor(context, collection);
    const current = await target.read(call);
    if (current !== null) requireWhole(current);
    const { plan, problems } = await prepareRestore(input, current, { target, call });
    throwProblems([...checkCurrent(current, condition), ...problems]);
    payload.changes = toStateChanges(plan, current, collection);
    payload.warnings = plan.warnings;
    if (selected.has('undoes')) payload.undoes = await findUndone(input, plan, current, collection, call);
  });
}

/** More entries than these nobody reads in a plan. */
const maxUndone = 500;

/** The entries of the history since the state that is to be again, newest first, at most 500. None if it is not shown there. */
async function findUndone(
  { auditEntryId }: RestorePipelineInput,
  { state }: RestorePlan,
  current: Pipeline | null,
  { source, objectType }: Collection,
  call: Call,
): Promise<readonly AuditEntry[]> {
  if (current === null || source.readAudit === undefined) return [];
  const history = openAuditHistory(current, (await source.readAudit(objectType, current, call)) ?? []);
  if (typeof auditEntryId === 'string') {
    return history.entries(0, Math.min(maxUndone, (await findEntry(history, auditEntryId)) + 1));
  }
  const entries = await history.entries(0, maxUndone);
  const compared = toComparedState(state, objectType);
  const shown = entries.findIndex(
    ({ object }) => object?.__typename === 'PipelineSnapshot' && toPipelineChanges(object, compared).length === 0,
  );
  return entries.slice(0, Math.max(0, shown));
}
