import type { Collection } from '../context/collections.ts';
import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { afterWrite, invalidInput, PipelineFault } from '../domain/problems.ts';
import type { Problem } from '../domain/problems.ts';
import { toPlace } from '../domain/stage-order.ts';
import type { CreatePipelineStageInput } from '../generated/schema.ts';
import type { Call } from '../sources/source.ts';
import { nothingMoved } from '../sources/write-results.ts';
import type { Replaced } from '../sources/write-results.ts';
import { readStageIdOf } from './target.ts';

type PlaceInput = Pick<CreatePipelineStageInput, 'displayOrder' | 'before' | 'after'>;

/** What is known of a stage that was created; the id is null if the upstream does not tell it. */
interface CreatedStage {
  readonly stageId: string | null;
  readonly label: string;
}

/** The problem of a place that is said in more than one way. */
export function checkOnePlace(input: PlaceInput): readonly Problem[] {
  const given = (['displayOrder', 'before', 'after'] as const).filter((field) => isGiven(input[field]));
  return given.slice(1).map((field) => invalidInput([field], `The place is given as ${given[0]} already.`));
}

/** Where a new stage is to come to stand. */
interface NewPlace {
  /** The number of active stages before it; null if the input leaves that open: then it comes last. */
  readonly place: number | null;
  /** The number that puts it there, if no two stages have the same; null puts it last. */
  readonly displayOrder: number | null;
}

/** Where the input puts a new stage, and what is wrong with that. */
export function toNewPlace(
  { displayOrder, before, after }: PlaceInput,
  pipeline: Pipeline,
): NewPlace & { readonly problems: readonly Problem[] } {
  const stages = toActive(pipeline);
  if (isGiven(displayOrder)) return { place: toPlace(stages, null, displayOrder), displayOrder, problems: [] };
  const [field, id] = isGiven(before) ? (['before', before] as const) : (['after', after] as const);
  if (!isGiven(id)) return { place: null, displayOrder: null, problems: [] };
  const stageId = readStageIdOf(pipeline, id);
  const index = stages.findIndex((stage) => stage.stageId === stageId);
  if (index === -1) {
    const problem = invalidInput([field], 'The pipeline has no such active stage.', 'NOT_FOUND');
    return { place: null, displayOrder: null, problems: [problem] };
  }
  const place = field === 'before' ? index : index + 1;
  return { place, displayOrder: stages[place]?.displayOrder ?? null, problems: [] };
}

/** Whether a number puts a new stage at a place at every source: none says for certain where a taken number leads. */
export function isPlaceOf(displayOrder: number | null, place: number, pipeline: Pipeline): boolean {
  const stages = toActive(pipeline);
  if (displayOrder === null) return place === stages.length;
  return stages.every((stage) => stage.displayOrder !== displayOrder) && toPlace(stages, null, displayOrder) === place;
}

/** The stages that are not archived, in display order. */
export function toActive({ stages }: Pipeline): readonly Stage[] {
  return stages.filter((stage) => !stage.archived);
}

/** If the upstream does not tell the new stage's id, it is found by its label, which is unique, among those that are new. */
export function findCreated(after: Pipeline, before: Pipeline, { stageId, label }: CreatedStage): Stage | null {
  const old = new Set(toActive(before).map((stage) => stage.stageId));
  const isCreated = (stage: Stage): boolean =>
    stageId === null ? toComparableLabel(stage.label) === toComparableLabel(label) : stage.stageId === stageId;
  return after.stages.find((stage) => !old.has(stage.stageId) && isCreated(stage)) ?? null;
}

/** Moves a stage that was just created to its place, if the upstream did not put it there, and tells what that moved. */
export async function putInPlace(
  created: CreatedStage,
  place: number,
  before: Pipeline,
  { source, objectType }: Collection,
  call: Call,
): Promise<Replaced> {
  try {
    const after = await source.readPipeline(objectType, before, call);
    const stage = after === null ? null : findCreated(after, before, created);
    if (after === null || stage === null || toActive(after).indexOf(stage) === place) return nothingMoved;
    const others = toActive(after).filter((other) => other !== stage);
    const order = others.toSpliced(place, 0, stage).map(({ stageId }) => stageId);
    return await source.reorderStages(objectType, after, order, call);
  } catch (error) {
    throw error instanceof PipelineFault ? afterWrite(error) : error;
  }
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
