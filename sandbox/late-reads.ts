/** What reads show of things that writes change, if they are late: the state before, for some reads. */
interface LateReads<Thing> {
  /** Notes a thing as it is before a write of it; undefined if there is none. */
  noteWrite(key: string, before: Thing | undefined): void;
  /** The thing as this read shows it, which counts. */
  show(key: string, present: Thing | undefined): Thing | undefined;
  /** The keys of the things that are not yet shown as they are. */
  pending(): readonly string[];
  clear(): void;
}

/** Keeps the state before each write for so many reads of the same thing. */
export function createLateReads<Thing>(reads: number): LateReads<Thing> {
  const earlier = new Map<string, { readonly before: Thing | undefined; readsLeft: number }>();
  return {
    noteWrite(key, before) {
      if (reads > 0)
        earlier.set(key, { before: earlier.has(key) ? earlier.get(key)?.before : before, readsLeft: reads });
    },
    show(key, present) {
      const late = earlier.get(key);
      if (late === undefined) return present;
      late.readsLeft -= 1;
      if (late.readsLeft === 0) earlier.delete(key);
      return late.before;
    },
    pending: () => [...earlier.keys()],
    clear: () => earlier.clear(),
  };
}
