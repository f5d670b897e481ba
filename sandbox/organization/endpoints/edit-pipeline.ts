import * as z from 'zod';
import type { Unknowns } from '../../unknowns.ts';
import { assumptions } from '../assumptions.ts';
import type { Answer, Call } from '../call.ts';
import { objectId, parseInput, renameList, stageList, trimmedName, typeQuery } from '../input.ts';
import type { Rename } from '../input.ts';
import { countRenamed, migrateRecords, migrateRecordsInTurn, toStageList } from '../legacy-stages.ts';
import type { Account, Pipeline } from '../model.ts';
import { applyStageList } from '../stage-list.ts';
import { pipelineByIdOrDefault, requireFreeName, updatePipeline } from '../store/pipelines.ts';
import { stagesOf } from '../store/stages.ts';
import { toWireSummary } from '../wire.ts';

const editBody = z.object({
  name: trimmedName.optional(),
  description: z.string().nullable().optional(),
  pipelineId: objectId.optional(),
  stages: renameList.optional(),
  pipelineStages: stageList.optional(),
});

/** POST /pipelines: edits the pipeline of the given id, and without one the default of the type. */
export function editPipeline({ account, unknowns, query, body }: Call): Answer {
  const { type } = parseInput(typeQuery, query);
  const edit = parseInput(editBody, body);
  const found = pipelineByIdOrDefault(account, edit.pipelineId, type);
  const { name = found.name, description = found.description } = edit;
  const pipeline = { ...found, name, description };
  requireFreeName(account, name, found.id);
  updatePipeline(account, pipeline);
  const migrated = editStages(account, pipeline, edit, unknowns.renamePairs);
  return {
    body: {
      message: 'Pipeline updated',
      pipeline: toWireSummary(pipeline),
      [assumptions.migrationsKey]: migrated,
    },
  };
}

type Counts = Readonly<Record<string, number>>;

// If both forms were sent, `pipelineStages` are the stages and `stages` tell only where records go.
function editStages(
  account: Account,
  pipeline: Pipeline,
  { pipelineStages, stages: pairs = [] }: z.infer<typeof editBody>,
  renamePairs: Unknowns['renamePairs'],
): Counts {
  const isAtOnce = renamePairs === 'at once';
  const before = stagesOf(account, pipeline.id);
  if (pipelineStages === undefined) {
    const steps = isAtOnce ? [pairs] : pairs.map((pair) => [pair]);
    return merge(steps.map((step) => applyPairs(account, pipeline, step)));
  }
  applyStageList(account, pipeline.id, pipelineStages);
  const renamed = assumptions.renamesCountAsMigrations ? countRenamed(account, pipeline, before) : {};
  const migrate = isAtOnce ? migrateRecords : migrateRecordsInTurn;
  return merge([renamed, migrate(account, pipeline, before, pairs)]);
}

function applyPairs(account: Account, pipeline: Pipeline, pairs: readonly Rename[]): Counts {
  if (pairs.length === 0) return {};
  const before = stagesOf(account, pipeline.id);
  const active = before.filter((stage) => stage.isActive);
  applyStageList(account, pipeline.id, toStageList(active, pairs));
  return migrateRecords(account, pipeline, before, pairs);
}

function merge(counts: readonly Counts[]): Counts {
  return Object.assign({}, ...counts) as Counts;
}
