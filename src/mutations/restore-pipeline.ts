import type { Context } from '../context/context.ts';
import { invalidInput } from '../domain/problems.ts';
import type { RestorePipelineInput } from '../generated/schema.ts';
import { restoreFromAudit } from './restore-from-audit.ts';
import { restoreFromSnapshot } from './restore-from-snapshot.ts';
import { noOutcome, throwProblems, withProblems } from './run-mutation.ts';

/** Puts a pipeline back as it was before an audit entry, or creates an archived one again from its snapshot. */
export function restorePipeline(input: RestorePipelineInput, context: Context, selected: ReadonlySet<string>) {
  const { auditEntryId = null, snapshot = null } = input;
  if (auditEntryId !== null && snapshot === null) return restoreFromAudit(auditEntryId, context, selected);
  if (auditEntryId === null && snapshot !== null) return restoreFromSnapshot(snapshot, context, selected);
  return withProblems(context, noOutcome, async () => {
    throwProblems([invalidInput([], 'Give either an auditEntryId or a snapshot.')]);
  });
}
