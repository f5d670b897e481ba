import type { Replaced } from '../write-results.ts';

/** A pair of the legacy form: the records of a stage's old name move to the new one. */
export interface Rename {
  readonly oldStage: string;
  readonly newStage: string;
}

interface Labels {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const arrow = ' -> ';
/** A label may hold arrows itself, but none that anybody gave holds more. */
const maxArrows = 100;

/** All that the API says it moved, by "Old -> New", also for pairs that the request did not name. */
export function toMigrations(
  counts: Readonly<Record<string, number>>,
  renames: readonly Rename[],
  labels: Labels,
): Replaced['migrations'] {
  const asked = new Set(renames.map(({ oldStage, newStage }) => toKey([oldStage, newStage])));
  const before = new Set(labels.before);
  const after = new Set(labels.after);
  return Object.entries(counts).map(([text, recordCount]) => {
    const splits = toSplits(text);
    const split =
      splits.find((pair) => asked.has(toKey(pair))) ??
      splits.find(([from, to]) => before.has(from) && after.has(to)) ??
      splits.find(([from, to]) => before.has(from) || after.has(to)) ??
      splits[0];
    const [fromLabel, toLabel] = split ?? [text, ''];
    return { fromLabel, toLabel, recordCount };
  });
}

/** Every way to read a text as two labels with an arrow between them, as labels may hold arrows too. */
function toSplits(text: string): readonly (readonly [from: string, to: string])[] {
  const splits: [string, string][] = [];
  for (let at = text.indexOf(arrow); at !== -1 && splits.length < maxArrows; at = text.indexOf(arrow, at + 1)) {
    splits.push([text.slice(0, at), text.slice(at + arrow.length)]);
  }
  return splits;
}

function toKey(pair: readonly [string, string]): string {
  return JSON.stringify(pair);
}
