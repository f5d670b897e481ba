import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isTurnOver, nextTurn } from '../turn.ts';
import type { UpstreamAnswer } from './answer.ts';

/** Keeps what bodies were parsed to, so that an answer with the same bytes as the last one is the same object. */
export interface ParsedBodies {
  /** The same object as the last time where the answer's text is the same; else what `parse` makes of it, or rejects. */
  parse<T extends object | null>(key: string, answer: UpstreamAnswer, parse: Parse<T>): Promise<T>;
}

/** Makes something of a body; throws at one that is none of its own. */
export type Parse<T> = (body: unknown) => T | Promise<T>;

interface Parsed {
  readonly digest: string;
  /** Held weakly: whether anybody still needs the object is not decided here. */
  readonly value: WeakRef<object>;
}

const maxBodies = 2_000;

/** Remembers nothing. */
export const noParsedBodies: ParsedBodies = {
  async parse<T extends object | null>(_key: string, answer: UpstreamAnswer, parse: Parse<T>): Promise<T> {
    return parse(answer.body);
  },
};

/** Opens an empty memory. */
export function createParsedBodies(): ParsedBodies {
  const bodies = new LRUCache<string, Parsed>({ max: maxBodies });
  return {
    async parse<T extends object | null>(key: string, answer: UpstreamAnswer, parse: Parse<T>): Promise<T> {
      const digest = hash('sha256', answer.text ?? '', 'base64url');
      const known = bodies.get(key);
      // A key stands for one request, whose answers are always parsed alike.
      const value = known?.digest === digest ? (known.value.deref() as T | undefined) : undefined;
      if (value !== undefined) return value;
      if (isTurnOver()) await nextTurn();
      const fresh = await parse(answer.body);
      if (fresh !== null) bodies.set(key, { digest, value: new WeakRef(fresh) });
      return fresh;
    },
  };
}
