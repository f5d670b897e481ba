import { createLateReads } from '../late-reads.ts';
import type { Unknowns } from '../unknowns.ts';
import type { Account } from './model.ts';
import { findPipelines } from './store/pipelines.ts';
import { toWirePipeline } from './wire.ts';

/** A pipeline as a read answers it. */
type WirePipeline = ReturnType<typeof toWirePipeline>;

/** The pipelines of all organizations as reads show them, which may be late. */
export interface LatePipelines {
  /** Runs a write, before which the organization's pipelines are noted if reads are late. */
  write<T>(account: Account, work: () => T): T;
  /** The pipeline of an id as this read shows it; undefined if there is none to be seen. */
  show(account: Account, id: string, present: WirePipeline | undefined): WirePipeline | undefined;
  clear(): void;
}

/** Keeps every pipeline as it was before a write that changes it, for as many reads of it as are late. */
export function createLatePipelines({ lateReads, inactiveStages }: Unknowns): LatePipelines {
  const late = createLateReads<WirePipeline>(lateReads);
  const readAll = (account: Account) =>
    new Map(findPipelines(account).map((each) => [each.id, toWirePipeline(account, each, inactiveStages)]));
  return {
    write(account, work) {
      if (lateReads === 0) return work();
      const before = readAll(account);
      const result = work();
      const after = readAll(account);
      for (const id of new Set([...before.keys(), ...after.keys()])) {
        const isSame = JSON.stringify(before.get(id)) === JSON.stringify(after.get(id));
        if (!isSame) late.noteWrite(toKey(account, id), before.get(id));
      }
      return result;
    },
    show: (account, id, present) => late.show(toKey(account, id), present),
    clear: () => late.clear(),
  };
}

function toKey({ key }: Account, id: string): string {
  return `${key} ${id}`;
}
