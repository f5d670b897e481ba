import { LRUCache } from 'lru-cache';
import type { Context } from '../context/context.ts';
import type { LookedUp } from '../context/loaders.ts';
import { areCurrent } from '../context/snapshot-reads.ts';
import type { MadeRead } from '../context/snapshot-reads.ts';
import { findKeepable } from '../graphql/keepable.ts';
import type { KeepableOperation } from '../graphql/keepable.ts';
import { findNextNotice } from '../sources/sunset.ts';
import { toLastingAnswer } from './answer.ts';
import type { Answer } from './answer.ts';

/** Answers that are the same for as long as every snapshot is current that they were made from. */
export interface KeptAnswers {
  /** Whether an answer to an equal request is kept, right or not. */
  has(key: string): boolean;
  /** The answer to an equal request, if it still is what would be answered; by it nobody is asked. */
  find(key: string): KeptAnswer | null;
  /** The same, if what it was made from is read again in `context`, and is the same. */
  confirm(key: string, context: Context): Promise<KeptAnswer | null>;
  /** Keeps an answer, if it may be; `context` is that of its operation. */
  keep(key: string, answer: Answer, context: Context): void;
  readonly counts: { readonly hits: number; readonly confirmed: number; readonly misses: number };
  readonly size: () => { readonly bytes: number; readonly maxBytes: number };
}

/** What is kept of an operation. */
interface KeptAnswer {
  readonly answer: Answer;
  readonly operation: KeepableOperation;
  /** Until when it is right even if nothing changes, in ms since 1970: what is said of a version's end depends on the date. */
  readonly endsAt: number;
  readonly lookedUp: readonly KeptLookUp[];
  reads: readonly MadeRead[];
}

/** Something that was looked up, and what was found: held weakly, as it is not kept here. */
interface KeptLookUp {
  readonly wanted: LookedUp['wanted'];
  readonly found: WeakRef<object>;
}

/** What an answer takes beside its bytes, in all codings, and its key; and what each look-up of it takes. */
const answerBytes = 1_000;
const lookUpBytes = 200;
const codingShare = 0.4;
/** Of the room that there is, the most that one answer may take. */
const largestShare = 1 / 4;

/** Opens room for at most `maxBytes`; none for 0. */
export function createKeptAnswers(maxBytes: number): KeptAnswers {
  const answers =
    maxBytes === 0
      ? null
      : new LRUCache<string, KeptAnswer>({ maxSize: maxBytes, maxEntrySize: Math.ceil(maxBytes * largestShare) });
  const counts = { hits: 0, confirmed: 0, misses: 0 };
  return {
    has(key) {
      const isKept = answers?.has(key) === true;
      if (!isKept) counts.misses += 1;
      return isKept;
    },
    find(key) {
      const kept = answers?.get(key);
      if (kept === undefined || !isRight(kept)) return null;
      counts.hits += 1;
      return kept;
    },
    async confirm(key, context) {
      const kept = answers?.get(key);
      const isSame = kept !== undefined && (await isConfirmed(kept, context));
      if (isSame) counts.confirmed += 1;
      else counts.misses += 1;
      return isSame ? kept : null;
    },
    keep(key, answer, context) {
      const kept = answers === null ? null : toKept(answer, context);
      if (kept !== null) answers?.set(key, kept, { size: toBytes(key, kept) });
    },
    counts,
    size: () => ({ bytes: answers?.calculatedSize ?? 0, maxBytes }),
  };
}

function isRight({ reads, operation, endsAt }: KeptAnswer): boolean {
  return Date.now() < endsAt && areCurrent(reads, operation.showsReadTime);
}

/** Reads again what the answer was made from, as its operation would. What it finds serves that operation if it is not the same. */
async function isConfirmed(kept: KeptAnswer, { loaders, snapshotReads, stale, telemetry }: Context): Promise<boolean> {
  if (kept.operation.showsReadTime || Date.now() >= kept.endsAt) return false;
  const found = await Promise.allSettled(kept.lookedUp.map(({ wanted }) => loaders.load(wanted)));
  const isSame = kept.lookedUp.every(({ found: before }, index) => {
    const now = found[index];
    return now?.status === 'fulfilled' && now.value !== null && now.value === before.deref();
  });
  if (!isSame || stale.size > 0 || telemetry.problemCodes.size > 0) return false;
  kept.reads = snapshotReads.list() ?? kept.reads;
  return true;
}

function toKept(answer: Answer, context: Context): KeptAnswer | null {
  const operation = findKeepable(context);
  const lookedUp = context.loaders.lookedUp();
  const reads = context.snapshotReads.list();
  if (operation === null || lookedUp === null || reads === null) return null;
  return {
    answer: toLastingAnswer(answer),
    operation,
    endsAt: findNextNotice(context.sources, context.now),
    lookedUp: lookedUp.map(({ wanted, found }) => ({ wanted, found: new WeakRef(found) })),
    reads,
  };
}

function toBytes(key: string, { answer, lookedUp }: KeptAnswer): number {
  const { length } = answer.body;
  return Math.ceil(length * (1 + codingShare)) + 2 * key.length + answerBytes + lookedUp.length * lookUpBytes;
}
