import type { Collection } from '../context/collections.ts';
import type { StageState } from '../domain/diff.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { PipelineWarning } from '../domain/warnings.ts';

/** Whether the caller wants records checked; absent means yes. */
interface Wish {
  readonly validateReferences?: boolean | null | undefined;
}

/** The warning that a stage is archived unchecked; none if its records are moved. */
export function warnOfStage(
  { label }: Stage,
  { moveRecordsTo, ...wish }: Wish & { readonly moveRecordsTo?: string | null | undefined },
  { source }: Collection,
): readonly PipelineWarning[] {
  if (source.traits.checksReferences.ofStage || typeof moveRecordsTo === 'string') return [];
  return warn(wish, source.name, `stage "${label}"`, canMove({ source }) ? ' Give moveRecordsTo to move them.' : '');
}

/** The warning that a pipeline is archived unchecked. */
export function warnOfPipeline({ label }: Pipeline, wish: Wish, { source }: Collection): readonly PipelineWarning[] {
  return source.traits.checksReferences.ofPipeline ? [] : warn(wish, source.name, `pipeline "${label}"`, '');
}

/** The warning that a replace removes stages unchecked; none if it removes none. */
export function warnOfRemovals(
  removed: readonly Pick<StageState, 'label'>[],
  wish: Wish,
  { source }: Collection,
): readonly PipelineWarning[] {
  if (source.traits.checksReferences.ofStage || removed.length === 0) return [];
  const labels = removed.map(({ label }) => `"${label}"`).join(', ');
  const subject = removed.length === 1 ? `stage ${labels}` : `stages ${labels}`;
  const remedy = ' To move them, archive the stage with archivePipelineStage and its moveRecordsTo.';
  return warn(wish, source.name, subject, canMove({ source }) ? remedy : '');
}

function canMove({ source }: Pick<Collection, 'source'>): boolean {
  return source.capabilities.includes('MOVE_RECORDS');
}

function warn(
  { validateReferences }: Wish,
  sourceName: string,
  subject: string,
  remedy: string,
): readonly PipelineWarning[] {
  if (validateReferences === false) return [];
  const message = `Source "${sourceName}" cannot tell whether records are in the ${subject}: they would be stranded.${remedy}`;
  return [{ code: 'REFERENCES_NOT_CHECKED', message, path: ['validateReferences'] }];
}
