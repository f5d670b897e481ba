import { refuse } from './api-error.ts';
import type { Write } from './call.ts';
import type { StageInput } from './input.ts';
import type { StoredStage } from './model.ts';
import { storeMetadata } from './stage-metadata.ts';
import { checkLabel, checkOrder, sameLabel } from './validation.ts';

/**
 * The stages that a whole pipeline was sent with, in the request's sequence: those that name a stage of `previous` keep
 * its id and birth, all others are new, and `unknownIds` says whether an id that they bring counts. Refuses what HubSpot refuses in a stage.
 */
export function buildStages(
  write: Write,
  inputs: readonly StageInput[],
  previous: readonly StoredStage[],
  unknownIds: 'kept' | 'new id',
): readonly StoredStage[] {
  checkStageLabels(inputs);
  return inputs.map((input) => {
    checkLabel(write, input.label);
    checkOrder(input.displayOrder);
    const kept = previous.find((stage) => stage.id === input.stageId);
    // Without the old metadata: a whole pipeline replaces, unlike a stage's own PUT.
    const { id, createdAt } = kept ?? { id: idOf(write, input, unknownIds), createdAt: write.now };
    return newStage(write, input, { id, createdAt });
  });
}

/** A stage as its input says; its metadata is merged over what it holds (HubSpot, observed 2026-10). */
export function newStage(
  write: Write,
  input: StageInput,
  own: Pick<StoredStage, 'id' | 'createdAt'> & Partial<StoredStage>,
): StoredStage {
  return {
    id: own.id,
    label: input.label,
    displayOrder: input.displayOrder,
    metadata: storeMetadata(write.type, { ...own.metadata, ...input.metadata }),
    createdAt: own.createdAt,
    updatedAt: write.now,
  };
}

// Inside a whole pipeline the refusal has no subCategory; a stage write has one (HubSpot, observed 2026-10).
function checkStageLabels(inputs: readonly StageInput[]): void {
  const twice = inputs.find((input, place) =>
    inputs.slice(0, place).some((each) => sameLabel(each.label, input.label)),
  );
  if (twice !== undefined) refuse(400, { message: `Stage with label ${twice.label} already exists` });
}

function idOf({ store, shelf }: Write, input: StageInput, unknownIds: 'kept' | 'new id'): string {
  return (unknownIds === 'kept' && input.stageId) || store.nextId(shelf.account);
}
