import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../context/context.ts';
import type { SnapshotReads } from '../context/snapshot-reads.ts';
import { forItsCaller } from './cache-control.ts';
import { toDocumentTraits } from './document-traits.ts';

/** An operation whose answer is right for as long as the snapshots are that it was made from. */
export interface KeepableOperation {
  readonly name: string | null;
  /** Whether the answer tells when something was read, so that it is not right after the same was read anew. */
  readonly showsReadTime: boolean;
}

/** By what the operation read, as Apollo works with a copy of the context. */
const keepable = new WeakMap<SnapshotReads, KeepableOperation>();

/** Notes which operations were answered in full from snapshots; comes after everything that changes an answer. */
export const noteKeepable: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, document, operationName, response: { http } }) {
        if (document === undefined || http.headers.get('cache-control') !== forItsCaller) return;
        const { isOfSnapshots, showsReadTime } = toDocumentTraits(document);
        // A failure that the answer has as data is as passing as an error.
        if (!isOfSnapshots || contextValue.telemetry.problemCodes.size > 0) return;
        keepable.set(contextValue.snapshotReads, { name: operationName ?? null, showsReadTime });
      },
    };
  },
};

/** The operation that was answered, if its answer may be kept; null otherwise. */
export function findKeepable({ snapshotReads }: Context): KeepableOperation | null {
  return keepable.get(snapshotReads) ?? null;
}
