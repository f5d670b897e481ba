/** One stage that is given a displayOrder. */
interface Move {
  readonly stageId: string;
  readonly displayOrder: number;
}

interface Numbered {
  readonly stageId: string;
  readonly displayOrder: number;
}

/**
 * The fewest displayOrder writes that put stages into `order`, made one after the other. They rely on what HubSpot was seen
 * to do (2026-10). A stage written to a number that another has goes right after it, and the pipeline is renumbered 0..n-1.
 * One written to a free number keeps it. Stages that are never written keep their order among themselves, so as many as
 * possible stay. Each other one is placed right after its predecessor.
 */
export function toMoves(stages: readonly Numbered[], order: readonly string[]): readonly Move[] {
  const positions = new Map(order.map((stageId, position) => [stageId, position]));
  const staying = findStaying(
    stages.map(({ stageId }) => positions.get(stageId) ?? -1),
    (stages[0]?.displayOrder ?? 0) > 0,
  );
  const moves: Move[] = [];
  let present: readonly Numbered[] = stages;
  for (const [position, stageId] of order.entries()) {
    if (staying.has(position)) continue;
    const displayOrder = toNumber(present, order, position, staying);
    moves.push({ stageId, displayOrder });
    present = applyMove(present, { stageId, displayOrder });
  }
  return moves;
}

/** The number that puts the stage of a position where it belongs, given that all earlier positions are settled. */
function toNumber(
  present: readonly Numbered[],
  order: readonly string[],
  position: number,
  staying: ReadonlySet<number>,
): number {
  const predecessor = position > 0 ? order[position - 1] : findLastLeaver(present, order, staying);
  const holder = present.find(({ stageId }) => stageId === predecessor);
  return holder?.displayOrder ?? Math.max(0, (present[0]?.displayOrder ?? 0) - 1);
}

/** The last of the stages at the front that will all be moved away: right after it is the front for those that stay. */
function findLastLeaver(
  present: readonly Numbered[],
  order: readonly string[],
  staying: ReadonlySet<number>,
): string | undefined {
  const firstStaying = present.findIndex(({ stageId }) => staying.has(order.indexOf(stageId)));
  return present[(firstStaying === -1 ? present.length : firstStaying) - 1]?.stageId;
}

/** What HubSpot makes of a write: see {@link toMoves}. */
function applyMove(present: readonly Numbered[], move: Move): readonly Numbered[] {
  const others = present.filter(({ stageId }) => stageId !== move.stageId);
  const holder = others.findIndex(({ displayOrder }) => displayOrder === move.displayOrder);
  if (holder === -1) return [...others, move].sort((a, b) => a.displayOrder - b.displayOrder);
  return others.toSpliced(holder + 1, 0, move).map(({ stageId }, displayOrder) => ({ stageId, displayOrder }));
}

/**
 * The positions of the stages that stay: the longest rising sequence. Nothing can be put before the stage that is first at
 * number 0. So if there is no room, either that stage is moved, or the stage that is to be first stays.
 */
function findStaying(positions: readonly number[], hasRoom: boolean): ReadonlySet<number> {
  const longest = findLongestRising(positions);
  if (hasRoom || longest.includes(0) || !longest.includes(positions[0] ?? 0)) return new Set(longest);
  const withoutFirst = findLongestRising(positions.slice(1));
  // Nothing is less than 0, so the longest sequence from there on begins with it.
  const fromTarget = findLongestRising(positions.slice(positions.indexOf(0)));
  return new Set(fromTarget.length >= withoutFirst.length ? fromTarget : withoutFirst);
}

function findLongestRising(values: readonly number[]): readonly number[] {
  const best: (readonly number[])[] = [];
  for (const [index, value] of values.entries()) {
    const before = best.slice(0, index).filter((sequence) => (sequence.at(-1) ?? -1) < value);
    const longest = before.reduce<readonly number[]>((a, b) => (b.length > a.length ? b : a), []);
    best.push([...longest, value]);
  }
  return best.reduce<readonly number[]>((a, b) => (b.length > a.length ? b : a), []);
}
