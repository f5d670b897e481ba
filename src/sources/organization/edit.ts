import type { Pipeline } from '../../domain/pipeline.ts';
import { requireWhole } from '../../domain/unread-stages.ts';
import type { Call } from '../source.ts';
import type { Subject } from '../upstream/subject.ts';
import type { NextStage } from '../whole-pipeline.ts';
import type { Replaced } from '../write-results.ts';
import { paths } from './connection.ts';
import type { OrganizationConnection } from './connection.ts';
import { toMigrations } from './migrations.ts';
import { toRenames, toWireStage, wireEdited } from './wire.ts';

/** What an edit is to change; null leaves it as it is. */
interface Edit {
  readonly label: string | null;
  readonly description: string | null;
  readonly stages: readonly NextStage[] | null;
}

/** An edit that changes nothing. */
export const unchanged: Edit = { label: null, description: null, stages: null };

/**
 * Edits a pipeline, which is how the API writes its stages too, and gives all that it says it moved. Stages that it does not
 * name are deactivated, so a PipelineFault if any of those that there are cannot be read.
 */
export async function edit(
  { upstream }: OrganizationConnection,
  current: Pipeline,
  { label, description, stages }: Edit,
  subject: Subject,
  call: Call,
): Promise<Replaced> {
  if (stages !== null) requireWhole(current);
  const renames = toRenames(stages ?? [], current);
  const body = {
    // Without an id the API would edit the default pipeline.
    pipelineId: current.pipelineId,
    ...(label === null ? {} : { name: label }),
    ...(description === null ? {} : { description }),
    ...(stages === null ? {} : { pipelineStages: stages.map(toWireStage) }),
    ...(renames.length === 0 ? {} : { stages: renames }),
  };
  const request = { method: 'POST', path: paths.pipelines, query: { type: current.objectType }, body } as const;
  const counts = await upstream.write(request, subject, (answer) => wireEdited.parse(answer), call);
  const labels = { before: current.stages.map(toLabel), after: (stages ?? current.stages).map(toLabel) };
  return { migrations: toMigrations(counts ?? {}, renames, labels) };
}

function toLabel({ label }: { readonly label: string }): string {
  return label.trim();
}
