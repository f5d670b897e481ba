import { timing } from './timing.ts';

/** One run of a replica; a restart makes another. */
export interface Incarnation {
  readonly name: string;
  readonly startedAt: number;
}

/** Whether what a replica wrote at that time reached the others at once. */
export type Reached = (from: number, until: number) => boolean;

/** A state that a pipeline had, may have had or was asked to have. `state` is its label and stages as text; null: none. */
interface Version {
  readonly state: string | null;
  readonly sentAt: number;
  /** Null for a write made without the gateway. */
  readonly by: Incarnation | null;
  outcome: 'pending' | 'applied' | 'not applied';
  /** When at the latest it had happened; Infinity while nobody knows. */
  doneAt: number;
}

/** What a read of one pipeline answered, with what its bounds depend on. */
export interface Sighting {
  readonly state: string | null;
  readonly startedAt: number;
  readonly by: Incarnation;
  /** Whether it asked for nothing that was kept. */
  readonly isThrough: boolean;
  /** Whether the answer said that it holds something old. */
  readonly isStale: boolean;
}

/** One pipeline as its caller knows it. */
export interface PipelineModel {
  readonly pipelineId: string;
  /** The state that it has. */
  readonly current: () => string | null;
  /** Notes that a write is under way, whose outcome is set when it is known. */
  begin(state: string | null, by: Incarnation | null): Version;
  settle(version: Version, outcome: 'applied' | 'not applied', doneAt: number): void;
  /** Null where the sighting is within the documented bounds; else what is wrong with it. */
  judge(sighting: Sighting, reached: Reached): string | null;
}

/** A pipeline that is not there yet. */
export function createPipelineModel(pipelineId: string): PipelineModel {
  const versions: Version[] = [{ state: null, sentAt: 0, by: null, outcome: 'applied', doneAt: 0 }];
  return {
    pipelineId,
    current: () => versions.findLast(({ outcome }) => outcome === 'applied')?.state ?? null,
    begin(state, by) {
      const version: Version = { state, sentAt: performance.now(), by, outcome: 'pending', doneAt: Infinity };
      versions.push(version);
      return version;
    },
    settle(version, outcome, doneAt) {
      version.outcome = outcome;
      version.doneAt = doneAt;
    },
    judge(sighting, reached) {
      const alike = versions.flatMap((version, index) => (version.state === sighting.state ? [index] : []));
      const possible = alike.filter((index) => versions[index]?.outcome !== 'not applied');
      if (possible.length === 0) return `${sighting.state} was never a state of ${pipelineId}`;
      const tooOldBy = possible.map((index) =>
        versions.slice(index + 1).find((next) => isTooOld(next, sighting, reached)),
      );
      const newer = tooOldBy.at(-1);
      if (newer === undefined || tooOldBy.includes(undefined)) return null;
      const ageMs = Math.round(sighting.startedAt - newer.doneAt);
      const by = newer.by?.name ?? 'another client';
      const bound = toBoundMs(newer, sighting, reached);
      return `${sighting.by.name} showed ${sighting.state} of ${pipelineId} ${ageMs} ms after ${by} had written ${newer.state}; the bound is ${bound} ms`;
    },
  };
}

/** Whether a sighting of what was there before `next` came later than the documented bounds allow. */
function isTooOld(next: Version, sighting: Sighting, reached: Reached): boolean {
  if (next.outcome !== 'applied') return false;
  return sighting.startedAt > next.doneAt + toBoundMs(next, sighting, reached);
}

function toBoundMs(next: Version, { by, isThrough, isStale }: Sighting, reached: Reached): number {
  // The replica that wrote shows the write at once, and one that started later has kept nothing older.
  if (next.by === by || by.startedAt > next.doneAt) return 0;
  if (next.by !== null && reached(next.sentAt, next.doneAt)) return timing.propagationMs;
  // What was in flight meanwhile may be joined, and kept as of when it was joined.
  if (isThrough) return timing.deadlineMs;
  return timing.deadlineMs + (isStale ? timing.staleOnErrorMs : timing.staleMs);
}
