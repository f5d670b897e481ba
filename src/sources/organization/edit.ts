import { isDeepStrictEqual } from 'node:util';
import type { Pipeline } from '../../domain/pipeline.ts';
import { afterWrite, PipelineFault } from '../../domain/problems.ts';
import { requireWhole } from '../../domain/unread-stages.ts';
import type { Call } from '../source.ts';
import type { Subject } from '../upstream/subject.ts';
import type { NextStage } from '../whole-pipeline.ts';
import type { Replaced } from '../write-results.ts';
import { withoutInactive } from './active-stages.ts';
import { paths } from './connection.ts';
import type { OrganizationConnection } from './connection.ts';
import { toMigrations } from './migrations.ts';
import { inFreeOrder } from './rename-order.ts';
import { toTemporaryNames, withNames, withoutNames } from './temporary-names.ts';
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
 * name are deactivated, so a PipelineFault if any of those that there are cannot be read. If names go round
 * among stages, a first write gives one of them a temporary name. Should the second write fail, doing it again finishes the job.
 */
export async function edit(
  connection: OrganizationConnection,
  current: Pipeline,
  next: Edit,
  subject: Subject,
  call: Call,
): Promise<Replaced> {
  const { stages } = next;
  if (stages !== null) requireWhole(current);
  const names = toTemporaryNames(stages ?? [], current);
  if (stages === null || names.size === 0) return { migrations: await send(connection, current, next, subject, call) };

  const renamed = withNames(current, names);
  const first = await send(
    connection,
    current,
    { ...unchanged, stages: toNextStages(renamed, current) },
    subject,
    call,
  );
  const second = { ...next, stages: stages.map((stage) => ({ ...stage, current: toCurrent(stage, renamed) })) };
  try {
    const last = await send(connection, renamed, second, subject, call);
    return { migrations: withoutNames([first, last], current, names) };
  } catch (error) {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  }
}

/** Sends what changes, and nothing if nothing does; gives what the API says it moved. */
async function send(
  { upstream }: OrganizationConnection,
  current: Pipeline,
  { label, description, stages }: Edit,
  subject: Subject,
  call: Call,
): Promise<Replaced['migrations']> {
  const { renames } = inFreeOrder(toRenames(stages ?? [], current));
  const changes = {
    ...(label === null || label === current.label ? {} : { name: label }),
    ...(description === null || description === current.description ? {} : { description }),
    ...(stages === null || isAsItIs(stages, current) ? {} : { pipelineStages: stages.map(toWireStage) }),
    ...(renames.length === 0 ? {} : { stages: renames }),
  };
  if (Object.keys(changes).length === 0) return [];
  // Without an id the API would edit the default pipeline.
  const body = { pipelineId: current.pipelineId, ...changes };
  const request = { method: 'POST', path: paths.pipelines, query: { type: current.objectType }, body } as const;
  const counts = await upstream.write(request, subject, (answer) => wireEdited.parse(answer), call);
  const labels = { before: current.stages.map(toLabel), after: (stages ?? current.stages).map(toLabel) };
  return toMigrations(counts ?? {}, renames, labels);
}

function isAsItIs(stages: readonly NextStage[], current: Pipeline): boolean {
  return isDeepStrictEqual(stages.map(toWireStage), toNextStages(current, current).map(toWireStage));
}

/** The active stages of a pipeline as they are; `current` is the pipeline as the upstream has it. */
function toNextStages(pipeline: Pipeline, current: Pipeline): readonly NextStage[] {
  return withoutInactive(pipeline).stages.map(({ stageId, label, displayOrder }) => ({
    current: current.stages.find((stage) => stage.stageId === stageId) ?? null,
    stageId,
    label,
    displayOrder,
    meta: null,
  }));
}

function toCurrent({ current }: NextStage, { stages }: Pipeline): NextStage['current'] {
  return stages.find(({ stageId }) => stageId === current?.stageId) ?? current;
}

function toLabel({ label }: { readonly label: string }): string {
  return label.trim();
}
