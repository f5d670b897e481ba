import { PipelineFault } from '../../domain/problems.ts';
import type { PipelineWrites, StageWrites } from '../parts.ts';
import type { Call, ObjectType, UpstreamSource } from '../source.ts';
import type { CollectionKey } from './entries.ts';
import { toAbsent, toOldState } from './old-state.ts';
import type { OldState } from './settling.ts';

/** Told of every collection that a write may have changed, with what was there before if reads may show that for a while. */
export type OnWrite = (collection: CollectionKey, old?: OldState) => void;

/**
 * A source's writes, each of which tells of itself once it is answered or given up. One that never left tells nothing. The same
 * goes for one that was refused for its token alone: it changed nothing, and concerns nobody else's token.
 */
export function toAnnouncedWrites(source: UpstreamSource, onWrite: OnWrite): PipelineWrites & StageWrites {
  const hasList = source.capabilities.includes('LIST_PIPELINES');
  const announced =
    <Before, Rest extends readonly unknown[], T>(
      write: (objectType: ObjectType, before: Before, ...rest: [...Rest, Call]) => Promise<T>,
      findOld: (before: NoInfer<Before>, result: NoInfer<T> | null) => OldState | undefined,
    ) =>
    async (objectType: ObjectType, before: Before, ...rest: [...Rest, Call]): Promise<T> => {
      const collection: CollectionKey = { sourceName: source.name, objectType: objectType.name };
      const { noted, hasLeft } = noteLeaving(rest.at(-1) as Call);
      const options = rest.slice(0, -1) as unknown as Rest;
      try {
        const result = await write(objectType, before, ...options, noted);
        if (hasLeft()) onWrite(collection, findOld(before, result));
        return result;
      } catch (error) {
        if (hasLeft() && !isRefusedAccess(error)) {
          onWrite(collection, mayHaveBeenApplied(error) ? findOld(before, null) : undefined);
        }
        throw error;
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

/** The call of a write, with whether the write has left. */
function noteLeaving(call: Call): { readonly noted: Call; readonly hasLeft: () => boolean } {
  let hasLeft = false;
  const noteWriteLeft = (): void => {
    hasLeft = true;
    call.noteWriteLeft();
  };
  return { noted: { ...call, noteWriteLeft }, hasLeft: () => hasLeft };
}

function isRefusedAccess(error: unknown): boolean {
  if (mayHaveBeenApplied(error) || !(error instanceof PipelineFault)) return false;
  return error.problems.every(({ code }) => code === 'UPSTREAM_UNAUTHENTICATED' || code === 'UPSTREAM_FORBIDDEN');
}
