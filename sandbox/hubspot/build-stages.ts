import { refuse } from './api-error.ts';
import type { Unknowns } from '../unknowns.ts';
import { assumptions } from './assumptions.ts';
import type { WriteContext } from './call.ts';
import type { StageInput } from './input.ts';
import type { StoredStage } from './model.ts';
import { readMetadata } from './stage-metadata.ts';
import { checkLabel, checkOrder, isSameLabel } from './validation.ts';

/**
 * The stages that a whole pipeline was sent with, in the request's sequence; refuses what HubSpot refuses in a stage.
 * Those that name a stage of `previous` keep its id and creation; all others are new. `unknownIds` says whether an id
 * that they bring counts.
 */
export function buildStages(
  context: WriteContext,
  inputs: readonly StageInput[],
  previous: readonly StoredStage[],
  unknownIds: Unknowns['unknownStageIds'],
): readonly StoredStage[] {
  checkStageLabels(inputs);
  return inputs.map((input) => {
    const kept = previous.find((stage) => stage.id === input.stageId);
    checkLabel(context, input.label, kept?.label);
    checkOrder(input.displayOrder);
    // Without the old metadata: a whole pipeline replaces, unlike a stage's own PUT.
    const { id, createdAt } = kept ?? { id: newId(context, input, unknownIds), createdAt: context.now };
    return buildStage(context, input, { id, createdAt });
  });
}

/** A stage as its input says; its metadata is merged over what it holds (HubSpot, observed 2026-10). */
export function buildStage(
  { type, now }: WriteContext,
  input: StageInput,
  own: Pick<StoredStage, 'id' | 'createdAt'> & Partial<StoredStage>,
): StoredStage {
  return {
    id: own.id,
    label: input.label,
    displayOrder: input.displayOrder,
    metadata: readMetadata(type, input.metadata, own.metadata),
    createdAt: own.createdAt,
    updatedAt: now,
  };
}

// Inside a whole pipeline the error has no subCategory; in a stage write it has one (HubSpot, observed 2026-10).
function checkStageLabels(inputs: readonly StageInput[]): void {
  const duplicate = inputs.find((input, index) =>
    inputs.slice(0, index).some((each) => isSameLabel(each.label, input.label)),
  );
  if (duplicate !== undefined) refuse(400, { message: `Stage with label ${duplicate.label} already exists` });
}

function newId(
  { store, collection }: WriteContext,
  input: StageInput,
  unknownIds: Unknowns['unknownStageIds'],
): string {
  if (unknownIds === 'refused' && input.stageId) {
    refuse(400, { message: `${assumptions.unknownStageIdMessage} ${input.stageId}` });
  }
  return (unknownIds === 'kept' && input.stageId) || store.nextId(collection.account);
}
