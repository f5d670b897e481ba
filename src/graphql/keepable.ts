import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../context/context.ts';
import type { SnapshotReads } from '../context/snapshot-reads.ts';
import { forItsCaller } from './cache-control.ts';
import { toDocumentTraits } from './document-traits.ts';
import type { EntitiesField } from './document-traits.ts';

/** An operation whose answer is right for as long as the snapshots are that it was made from. */
export interface KeepableOperation {
  readonly name: string | null;
  /** Whether the answer tells when something was read, so that it is not right after the same was read anew. */
  readonly showsReadTime: boolean;
  /** The entities that were asked for, if nothing else was. */
  readonly entities: AnsweredEntities | null;
}

/** Entities as they were answered. */
interface AnsweredEntities extends EntitiesField {
  readonly items: unknown;
}

/** By what the operation read, as Apollo works with a copy of the context. */
const keepable = new WeakMap<SnapshotReads, KeepableOperation>();

/** Notes which operations were answered in full from snapshots; comes after everything that changes an answer. */
export const noteKeepable: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, document, operationName, response: { http, body } }) {
        if (document === undefined || http.headers.get('cache-control') !== forItsCaller) return;
        const { isOfSnapshots, showsReadTime, entities: field } = toDocumentTraits(document);
        // A failure that the answer has as data is as passing as an error.
        if (!isOfSnapshots || contextValue.telemetry.problemCodes.size > 0) return;
        const data = body.kind === 'single' ? (body.singleResult.data ?? {}) : {};
        const entities = field === null ? null : { ...field, items: data[field.responseKey] };
        keepable.set(contextValue.snapshotReads, { name: operationName ?? null, showsReadTime, entities });
      },
    };
  },
};

/** The operation that was answered, if its answer may be kept; null otherwise. */
export function findKeepable({ snapshotReads }: Context): KeepableOperation | null {
  return keepable.get(snapshotReads) ?? null;
}
