import { PipelineFault } from '../../domain/problems.ts';
import type { PipelineWrites, StageWrites } from '../parts.ts';
import type { ObjectType, UpstreamSource } from '../source.ts';
import type { CollectionKey } from './entries.ts';
import { toAbsent, toOldState } from './old-state.ts';
import type { OldState } from './settling.ts';

/**
 * Told of every collection that a write may have changed, before the write leaves and after it is answered. Then it hears what
 * was there before, if reads may show that for a while.
 */
export type OnWrite = (collection: CollectionKey, old?: OldState) => void;

/** A source's writes, which tell of themselves. */
export function toAnnouncedWrites(source: UpstreamSource, onWrite: OnWrite): PipelineWrites & StageWrites {
  const hasList = source.capabilities.includes('LIST_PIPELINES');
  const announced =
    <Before, Rest extends readonly unknown[], T>(
      write: (objectType: ObjectType, before: Before, ...rest: Rest) => Promise<T>,
      findOld: (before: NoInfer<Before>, result: NoInfer<T> | null) => OldState | undefined,
    ) =>
    async (objectType: ObjectType, before: Before, ...rest: Rest): Promise<T> => {
      const collection: CollectionKey = { sourceName: source.name, objectType: objectType.name };
      onWrite(collection);
      let old: OldState | undefined;
      try {
        const result = await write(objectType, before, ...rest);
        old = findOld(before, result);
        return result;
      } catch (error) {
        if (mayHaveBeenApplied(error)) old = findOld(before, null);
        throw error;
      } finally {
        onWrite(collection, old);
      }
    };

  return {
    createPipeline: announced(
      (...write) => source.createPipeline(...write),
      (_, created) => (created === null || !hasList ? undefined : toAbsent(created)),
    ),
    replacePipeline: announced((...write) => source.replacePipeline(...write), toOldState),
    patchPipeline: announced((...write) => source.patchPipeline(...write), toOldState),
    archivePipeline: announced((...write) => source.archivePipeline(...write), toOldState),
    createStage: announced((...write) => source.createStage(...write), toOldState),
    replaceStage: announced((...write) => source.replaceStage(...write), toOldState),
    patchStage: announced((...write) => source.patchStage(...write), toOldState),
    reorderStages: announced((...write) => source.reorderStages(...write), toOldState),
    archiveStage: announced((...write) => source.archiveStage(...write), toOldState),
  };
}

function mayHaveBeenApplied(error: unknown): boolean {
  return !(error instanceof PipelineFault) || error.problems.some((problem) => problem.mayHaveBeenApplied);
}
