import { orderAfterLast } from '../../domain/pipeline.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import type { PipelineWrites, SourceReads } from '../parts.ts';
import type { Call, ObjectType, PipelineDraft } from '../source.ts';
import { toNewPipelineSubject, toPipelineSubject, toReplacedSubject } from '../upstream/subject.ts';
import { ignoreAnswer, newIdUnknown } from '../upstream/upstream.ts';
import { nothingMoved } from '../write-results.ts';
import type { HubSpotConnection } from './connection.ts';
import { toValidation } from './validation.ts';
import { readCreatedId, readEcho, toNewStage } from './wire.ts';

/** What HubSpot's API can write of a pipeline. Its answers echo the request. */
export function createPipelineWrites(
  { sourceName, upstream, paths }: HubSpotConnection,
  reads: SourceReads,
): PipelineWrites {
  return {
    async createPipeline(objectType, draft, call) {
      const body = {
        label: draft.label,
        displayOrder: draft.displayOrder ?? (await nextDisplayOrder(reads, objectType, call)),
        stages: draft.stages.map((stage, index) => toNewStage(stage, index)),
        ...(draft.pipelineId === null ? {} : { pipelineId: draft.pipelineId }),
      };
      const request = { method: 'POST', path: paths.list(objectType.name), body } as const;
      const createdId = await upstream.write(request, toNewPipelineSubject(draft), readCreatedId, call);
      return { pipelineId: createdId ?? draft.pipelineId ?? newIdUnknown(sourceName) };
    },

    async replacePipeline(_objectType, current, draft, options, call) {
      const body = toReplacement(current, draft);
      const request = { method: 'PUT', path: paths.pipeline(current), query: toValidation(options), body } as const;
      await upstream.write(request, toReplacedSubject(current, draft.stages), readEcho, call);
      return nothingMoved;
    },

    async patchPipeline(_objectType, current, { label, displayOrder }, call) {
      const body = { ...(label === null ? {} : { label }), ...(displayOrder === null ? {} : { displayOrder }) };
      const query = toValidation({ validateReferences: true });
      const request = { method: 'PATCH', path: paths.pipeline(current), query, body } as const;
      await upstream.write(request, toPipelineSubject(current), readEcho, call);
      return nothingMoved;
    },

    async archivePipeline(_objectType, current, options, call) {
      const request = { method: 'DELETE', path: paths.pipeline(current), query: toValidation(options) } as const;
      await upstream.write(request, toPipelineSubject(current), ignoreAnswer, call);
      return { moved: null };
    },
  };
}

function toReplacement(current: Pipeline, draft: PipelineDraft) {
  const stages = new Map(current.stages.map((stage) => [stage.stageId, stage]));
  return {
    label: draft.label,
    displayOrder: draft.displayOrder ?? current.displayOrder,
    stages: draft.stages.map((stage, index) => toNewStage(stage, index, stages.get(stage.stageId ?? '')?.meta)),
  };
}

/** HubSpot requires a displayOrder and refuses -1, so the last one is looked up. */
async function nextDisplayOrder(reads: SourceReads, objectType: ObjectType, call: Call): Promise<number> {
  const list = await reads.listPipelines(objectType, { includeArchived: false }, { ...call, reading: 'alone' });
  return orderAfterLast(list.pipelines);
}
