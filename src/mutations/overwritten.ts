import { isDeepStrictEqual } from 'node:util';
import { toPipelineChanges } from '../domain/diff.ts';
import type { PipelineChange } from '../domain/diff.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { openAuditHistory } from '../sources/audit-history.ts';
import type { Step } from './mutation.ts';

/**
 * What others changed between the read and the write of a pipeline, and the write undid, as far as the history tells. Nothing
 * if there is no history, if it does not show the write yet, and if the caller did not select it.
 */
export async function findOverwritten(
  before: Pipeline | null,
  after: Pipeline | null,
  { collection: { source, objectType }, call, selected }: Step<unknown>,
): Promise<readonly PipelineChange[]> {
  if (before === null || after === null || !selected.has('overwrote')) return [];
  const fields = (await source.readAudit?.(objectType, after, call).catch(() => null)) ?? null;
  if (fields === null) return [];
  const [newest] = await openAuditHistory(after, fields).entries(0, 1);
  const { object: written, before: found } = newest ?? {};
  if (written?.__typename !== 'PipelineSnapshot' || found?.__typename !== 'PipelineSnapshot') return [];
  if (toPipelineChanges(written, after).length > 0) return [];
  const stayed = toPipelineChanges(before, after);
  return toPipelineChanges(before, found).filter(
    (change) => !stayed.some((other) => isDeepStrictEqual({ ...other, summary: '' }, { ...change, summary: '' })),
  );
}
