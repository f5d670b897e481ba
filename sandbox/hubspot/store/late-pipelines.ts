import { createLateReads } from '../../late-reads.ts';
import type { Collection, StoredPipeline } from '../model.ts';
import type { Store } from './index.ts';
import type { PipelineStore } from './pipelines.ts';

/** A store to write to, and the same store as reads show it: so many reads of each pipeline are late. */
export function withLatePipelines(store: Store, reads: number): { readonly store: Store; readonly readStore: Store } {
  const late = createLateReads<StoredPipeline>(reads);
  const { pipelines } = store;
  const note = (collection: Collection, id: string) =>
    late.noteWrite(toKey(collection, id), pipelines.find(collection, id));
  const written: PipelineStore = {
    ...pipelines,
    save(collection, pipeline) {
      note(collection, pipeline.id);
      pipelines.save(collection, pipeline);
    },
    remove(collection, id) {
      note(collection, id);
      pipelines.remove(collection, id);
    },
  };
  const shown: PipelineStore = {
    ...pipelines,
    find: (collection, id) => late.show(toKey(collection, id), pipelines.find(collection, id)),
    list(collection) {
      const present = new Map(pipelines.list(collection).map((pipeline) => [toKey(collection, pipeline.id), pipeline]));
      const removed = late.pending().filter((key) => key.startsWith(toKey(collection, '')) && !present.has(key));
      return [...present.keys(), ...removed].flatMap((key) => late.show(key, present.get(key)) ?? []);
    },
  };
  const reset = (): void => {
    store.reset();
    late.clear();
  };
  return { store: { ...store, pipelines: written, reset }, readStore: { ...store, pipelines: shown } };
}

function toKey({ account, typeId }: Collection, id: string): string {
  return `${account} ${typeId} ${id}`;
}
