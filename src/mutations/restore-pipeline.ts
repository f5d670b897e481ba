import type { AuditEntry } from '../domain/audit.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { notFound, PipelineFault, unsupported } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { translateMeta } from '../domain/stage-meta-operations.ts';
import type { PipelineWarning } from '../domain/warnings.ts';
import type { RestorePipelineInput } from '../generated/schema.ts';
import { findEntry, openAuditHistory } from '../sources/audit-history.ts';
import type { NewPipeline } from '../sources/source.ts';
import { checkStillThere, isInState, planState, recoverState, showState, writeState } from './bring-to-state.ts';
import type { StatePlan } from './bring-to-state.ts';
import { checkLabel } from './check-input.ts';
import { checkNewPipeline, judgingExisting, toKey } from './create-pipeline.ts';
import { toStoredLabel } from './drafts.ts';
import type { Step } from './mutation.ts';
import { locateRestore } from './restore-target.ts';
import type { RestoreTarget } from './restore-target.ts';
import { toComparedState, toRestoredState, toRestoringDraft } from './restored-state.ts';
import type { RestoredState } from './restored-state.ts';
import { defineMutation } from './run-mutation.ts';

interface Payload {
  readonly warnings: readonly PipelineWarning[];
}

/** What a restore would do, and from which state. */
export interface RestorePlan extends StatePlan {
  readonly state: RestoredState;
}

const nothing: Payload = { warnings: [] };

/**
 * Puts a pipeline back as it was before an audit entry or as a snapshot says, or creates it again from the snapshot. As that
 * state existed, no rule for new input judges it: its upstream does.
 */
export const restorePipeline = defineMutation({
  empty: nothing,
  locate: locateRestore,
  check: checkRestore,
  needsWhole: true,
  prepare: prepareRestore,
  note(payload, _, { plan: { warnings } }) {
    payload.warnings = warnings;
  },
  hasSteps: true,
  write: writeState,
  made: ({ pipelineId }, { collection }) => toKey(collection, pipelineId),
  isAsAsked: isInState,
  recover: recoverState,
  show: (payload, _, shown) => showState(payload, shown),
});

/** The problems of a restore that show without asking an upstream. */
export function checkRestore({ label }: RestorePipelineInput, { collection }: RestoreTarget): readonly Problem[] {
  return typeof label === 'string' ? checkLabel(label, ['label'], collection.source.inputRules) : [];
}

/** What a restore does to a pipeline as it is; null if that is gone. Reads the history if the state stands there. */
export async function prepareRestore(
  input: RestorePipelineInput,
  current: Pipeline | null,
  step: Pick<Step<RestoreTarget>, 'target' | 'call'>,
): Promise<{ readonly plan: RestorePlan; readonly problems: readonly Problem[] }> {
  const { collection, state: documented } = step.target;
  const state = documented ?? (await readStateBefore(input.auditEntryId ?? '', step));
  const label =
    typeof input.label === 'string' ? toStoredLabel(input.label, collection.source.inputRules) : state.label;
  const draft = toRestoringDraft({ ...state, label }, current, collection);
  const options = { validateReferences: input.validateReferences ?? true };
  const { plan, problems } = planState(draft, current, options, collection);
  return {
    plan: { ...plan, state },
    problems: [
      ...checkStillThere(step.target.condition, current),
      ...checkElsewhere(state, draft, step.target),
      ...problems,
    ],
  };
}

/** Another source than the state's own judges it as if it were new, but for what the gateway alone wants of new input. */
function checkElsewhere(
  state: RestoredState,
  draft: NewPipeline,
  { collection, fromSourceName }: RestoreTarget,
): readonly Problem[] {
  const { source, objectType } = collection;
  if (fromSourceName === source.name) return [];
  const metas = new Map(toComparedState(state, objectType).stages.map(({ stageId, meta }) => [stageId, meta]));
  const stages = draft.stages.map((stage) => {
    const meta = metas.get(stage.stageId ?? '');
    return { ...stage, meta: meta === undefined ? null : translateMeta(meta, objectType.metaField) };
  });
  const input = { ...draft, isDefault: null, objectType: objectType.name, stages };
  const problems = checkNewPipeline(input, judgingExisting(collection));
  return problems.map((problem) => ({ ...problem, path: ['snapshot', ...(problem.path ?? [])] }));
}

/** The state before an audit entry, from a history that is read anew; NOT_FOUND if there is none, or none that is known. */
async function readStateBefore(
  auditEntryId: string,
  { target: { collection, key }, call }: Pick<Step<RestoreTarget>, 'target' | 'call'>,
): Promise<RestoredState> {
  const { source, objectType } = collection;
  if (source.readAudit === undefined) throw new PipelineFault([unsupported(source.name, 'READ_AUDIT')], source.name);
  const fields = (await source.readAudit(objectType, key, call)) ?? [];
  const history = openAuditHistory(key, fields);
  const index = await findEntry(history, auditEntryId);
  const [entry] = index === -1 ? [] : await history.entries(index, index + 1);
  if (entry?.before?.__typename === 'PipelineSnapshot') return toRestoredState(entry.before);
  const problem = { ...notFound(auditEntryId, toReason(entry)), path: ['auditEntryId'] };
  throw new PipelineFault([problem], source.name);
}

function toReason(entry: AuditEntry | undefined): string {
  if (entry === undefined) return 'There is no such audit entry.';
  if (entry.action === 'CREATE') return 'This entry is the creation of the pipeline: there is no state before it.';
  return 'The state before this entry is not known: the history has no older entry that shows it.';
}
