import type { PipelineKey } from '../../domain/ids.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import type { PipelineWrites } from '../parts.ts';
import type { ArchiveOptions, Call, NewPipeline } from '../source.ts';
import { noSubject, toPipelineSubject } from '../upstream/subject.ts';
import { newIdUnknown } from '../upstream/upstream.ts';
import { draftStages } from '../whole-pipeline.ts';
import type { Archived } from '../write-results.ts';
import { toArchived } from './archived.ts';
import { paths } from './connection.ts';
import type { OrganizationConnection } from './connection.ts';
import { edit, unchanged } from './edit.ts';
import { toStageInUse } from './rejection.ts';
import { toWireStage, wireCreated, wireDeleted } from './wire.ts';

/** What the API can write of a pipeline. */
export function createPipelineWrites(connection: OrganizationConnection): PipelineWrites {
  const { sourceName, upstream } = connection;
  return {
    async createPipeline({ name: type }, draft, call) {
      const request = { method: 'POST', path: paths.create, query: { type }, body: toBody(draft) } as const;
      const created = await upstream.write(request, noSubject, (answer) => wireCreated.parse(answer), call);
      return { pipelineId: created?._id ?? newIdUnknown(sourceName) };
    },

    async replacePipeline(_objectType, current, { label, description, stages: drafts }, _options, call) {
      const stages = draftStages(drafts, current);
      const next = { label, description, stages };
      return edit(connection, current, next, toPipelineSubject(current), call);
    },

    patchPipeline: async (_objectType, current, { label, description }, call) =>
      edit(connection, current, { ...unchanged, label, description }, toPipelineSubject(current), call),

    archivePipeline: (_objectType, current, options, call) => archivePipeline(connection, current, options, call),
  };
}

function toBody({ label, description, isDefault, stages }: NewPipeline) {
  return {
    name: label,
    ...(description === null ? {} : { description }),
    ...(isDefault === null ? {} : { isDefault }),
    // Whatever a create names is active.
    pipelineStages: draftStages(
      stages.filter((stage) => stage.archived !== true),
      null,
    ).map(toWireStage),
  };
}

async function archivePipeline(
  { upstream }: OrganizationConnection,
  current: Pipeline,
  { moveRecordsTo }: ArchiveOptions<PipelineKey>,
  call: Call,
): Promise<Archived> {
  const request = {
    method: 'DELETE',
    path: [...paths.pipelines, { pipelineId: current.pipelineId }],
    ...(moveRecordsTo === null ? {} : { body: { targetPipelineId: moveRecordsTo.pipelineId } }),
  } as const;
  const subject = toPipelineSubject(current);
  try {
    const answer = await upstream.write(request, subject, (body) => wireDeleted.parse(body), call);
    return toArchived(moveRecordsTo, answer?.movedToStage.id, answer?.recordsTransferred);
  } catch (error) {
    throw moveRecordsTo === null && current.isDefault === false ? toStageInUse(error) : error;
  }
}
