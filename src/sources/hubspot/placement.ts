import { orderAfterLast } from '../../domain/pipeline.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import { toPlace } from '../../domain/stage-order.ts';

/** Which displayOrder to send for a stage, so that it comes to stand at a place. */
interface Placement {
  readonly displayOrder: number;
  /** The ids of all stages as they are to stand, null for a new one; null if the number alone puts the stage there. */
  readonly order: readonly (string | null)[] | null;
}

/**
 * How to put a stage at the place that a displayOrder says: `stageId` is null for a new one, which goes last without a number.
 * HubSpot keeps a free number. A stage written to a taken one goes right after its holder (observed), or whoever's label is
 * first in the alphabet comes first (documented). So a free number is sent if there is one; if not, the order is to be proven.
 */
export function toPlacement({ stages }: Pipeline, stageId: string | null, displayOrder: number | null): Placement {
  if (displayOrder === null) return { displayOrder: orderAfterLast(stages), order: null };
  const others = stages.filter((stage) => stage.stageId !== stageId);
  if (others.every((other) => other.displayOrder !== displayOrder)) return { displayOrder, order: null };

  const place = toPlace(stages, stageId, displayOrder);
  const order = others.map((other) => other.stageId as string | null).toSpliced(place, 0, stageId);
  const previous = others[place - 1]?.displayOrder ?? -1;
  if (previous === displayOrder) return { displayOrder, order };
  if (previous < displayOrder - 1) return { displayOrder: displayOrder - 1, order: null };
  // Nothing is before number 0: there the stage goes after the first one, which is then moved.
  return { displayOrder: Math.max(previous, 0), order };
}
