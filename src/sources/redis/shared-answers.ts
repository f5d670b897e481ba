import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PipelineFault, upstreamProblem } from '../../domain/problems.ts';
import type { CollectionKey } from '../cache/entries.ts';
import type { SharedReads, SharedUse } from '../cache/shared-reads.ts';
import type { SharedRead } from '../shared-read.ts';
import type { Call } from '../source.ts';
import type { Generations } from './generations.ts';
import { generationMs } from './generations.ts';
import type { RedisLink } from './link.ts';
import { maxTextBytes } from './snapshot-cipher.ts';
import type { AnswerPlace, SnapshotCipher } from './snapshot-cipher.ts';

/** How often something was taken, was not there, could not be opened, and was put. */
export interface SharedCounts {
  taken: number;
  missed: number;
  refused: number;
  put: number;
}

interface SharedAnswersOptions {
  readonly link: RedisLink;
  readonly cipher: SnapshotCipher;
  readonly generations: Generations;
  /** The key of a collection's mark, which all sources of one account share. */
  readonly generationKeyOf: (collection: CollectionKey) => string;
  /** How long an answer is of any use. */
  readonly ttlMs: number;
  readonly counts: SharedCounts;
}

/** How long a replica that asks for all may take before another one asks too. */
const leaseMs = 5_000;
const askAgainMs = 25;

/**
 * Gives the mark and the answer, if that was read under the mark and is young enough. Else takes the lease, if it is free and
 * wanted: whoever has it asks the upstream.
 */
const takeScript = `
local mark = redis.call('GET', KEYS[1])
if not mark then
  mark = ARGV[1]
  redis.call('SET', KEYS[1], mark, 'PX', ARGV[2])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('GET', KEYS[2])
if kept then
  local under, at = string.match(kept, '^(%S+) (%d+) ')
  if under == mark and at and now - tonumber(at) <= tonumber(ARGV[3]) then return { mark, now, kept, 0 } end
end
if ARGV[4] == '' then return { mark, now, false, 0 } end
if redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[5], 'NX') then return { mark, now, false, 1 } end
return { mark, now, false, 0 }
`;

/** Keeps an answer, unless there was a write since it was asked for, and gives the lease back. */
const putScript = `
if ARGV[2] ~= '' and redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
if redis.call('GET', KEYS[3]) == ARGV[4] then redis.call('DEL', KEYS[3]) end
return 0
`;

/** What was asked of the upstream, to be put once it is known to be worth it. */
interface Asked {
  readonly place: AnswerPlace;
  readonly keys: readonly [string, string, string];
  /** The mark that it was asked for under, and when, by Redis's clock. */
  readonly label: string;
  readonly lease: string;
  text: string | null;
}

interface Taken {
  readonly mark: string;
  /** By Redis's clock. */
  readonly now: number;
  readonly kept: string | null;
  readonly hasLease: boolean;
}

/** Shares answers through Redis, encrypted. Whatever Redis does, the worst is that the upstream is asked. */
export function createSharedAnswers(options: SharedAnswersOptions): SharedReads {
  return { open: (collection, call, use) => openSharedRead(options, collection, call, use) };
}

function openSharedRead(
  options: SharedAnswersOptions,
  collection: CollectionKey,
  call: Call,
  use: SharedUse,
): SharedRead {
  const asked: Asked[] = [];
  let readAt = Infinity;
  return {
    async ask(request, send) {
      const place = { credential: call.credential, names: [collection.sourceName, collection.objectType, request] };
      const keys = toKeys(options, collection, place);
      const found = await findOrLease(options, place, keys, call, use);
      if (found !== null && 'sharedText' in found) return found;
      if (use.isTakeOnly) throw new PipelineFault([upstreamProblem('UPSTREAM_UNAVAILABLE', 'Nothing is shared.')]);
      const entry: Asked | null = found === null ? null : { place, keys, text: null, ...found };
      if (entry !== null) asked.push(entry);
      const answer = await send();
      if (entry !== null && answer.status === 200) entry.text = answer.text;
      return answer;
    },
    noteReadAt: (at) => void (readAt = Math.min(readAt, at)),
    readAt: () => readAt,
    end(isKept) {
      for (const entry of asked) void put(options, entry, isKept);
    },
  };
}

function toKeys(
  { cipher, generationKeyOf }: SharedAnswersOptions,
  collection: CollectionKey,
  { credential, names }: AnswerPlace,
): Asked['keys'] {
  const generation = generationKeyOf(collection);
  const name = cipher.nameOf([...names, credential.token]);
  // One tag for all, so that a cluster keeps them together.
  const tag = /\{.*\}/.exec(generation)?.[0] ?? '';
  return [generation, `pipeline-gateway:${tag}:answer:${name}`, `pipeline-gateway:${tag}:lease:${name}`];
}

type Found = { readonly sharedText: string; readonly readAt: number } | Pick<Asked, 'label' | 'lease'>;

/** A shared answer, or what to put one with; null if nothing is to be shared now. Waits while another replica asks. */
async function findOrLease(
  options: SharedAnswersOptions,
  place: AnswerPlace,
  keys: Asked['keys'],
  call: Call,
  use: SharedUse,
): Promise<Found | null> {
  const endsAt = performance.now() + Math.min(use.waitMs, call.timeLeftMs() / 2);
  const lease = use.maxAgeMs === null ? '' : randomUUID();
  for (;;) {
    if (options.generations.isEnding(keys[0])) return null;
    const readAt = performance.now();
    const taken = await take(options, keys, use, use.isTakeOnly ? '' : lease);
    if (taken === null) return null;
    const found = taken.kept === null ? null : await open(options, place, taken, readAt);
    if (found !== null) return found;
    const isOver = performance.now() >= endsAt || call.signal.aborted;
    if (taken.hasLease || lease === '' || taken.kept !== null || isOver) {
      options.counts.missed += 1;
      return { label: `${taken.mark} ${taken.now}`, lease };
    }
    await sleep(askAgainMs);
  }
}

async function take(
  { link }: SharedAnswersOptions,
  keys: Asked['keys'],
  { maxAgeMs }: SharedUse,
  lease: string,
): Promise<Taken | null> {
  const wanted = [randomUUID(), generationMs, Math.floor(maxAgeMs ?? -1), lease, leaseMs];
  const result = await link.run((redis) => redis.eval(takeScript, keys.length, ...keys, ...wanted));
  if (!Array.isArray(result)) return null;
  const [mark, now, kept, hasLease] = result as readonly unknown[];
  if (typeof mark !== 'string' || typeof now !== 'number') return null;
  return { mark, now, kept: typeof kept === 'string' ? kept : null, hasLease: hasLease === 1 };
}

/** The answer; null if Redis holds something that no replica of this fleet put there for this token and place. */
async function open(
  { cipher, counts }: SharedAnswersOptions,
  place: AnswerPlace,
  { mark, now, kept }: Taken,
  askedAt: number,
): Promise<{ readonly sharedText: string; readonly readAt: number } | null> {
  const [under = '', at = '', sealed = ''] = kept?.split(' ') ?? [];
  try {
    const sharedText = await cipher.open(place, `${under} ${at}`, sealed);
    if (under !== mark) return null;
    counts.taken += 1;
    return { sharedText, readAt: askedAt - Math.max(0, now - Number(at)) };
  } catch {
    counts.refused += 1;
    return null;
  }
}

async function put(
  { link, cipher, ttlMs, counts }: SharedAnswersOptions,
  { keys, place, label, lease, text }: Asked,
  isKept: boolean,
): Promise<void> {
  const [mark = ''] = label.split(' ');
  const isWorth = isKept && text !== null && text.length <= maxTextBytes / 4;
  const value = isWorth ? `${label} ${await cipher.seal(place, label, text)}` : '';
  if (value !== '') counts.put += 1;
  await link.run((redis) =>
    redis.eval(putScript, keys.length, ...keys, mark, value, Math.max(1, Math.ceil(ttlMs)), lease),
  );
}
