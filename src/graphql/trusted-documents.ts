import { z } from 'zod';
import { RequestError } from './request-error.ts';

/** The operations that are known beforehand, and what they are for. */
export interface TrustedDocuments {
  /** `only` refuses every other operation, `allow` takes them as well. */
  readonly mode: 'off' | 'allow' | 'only';
  /** Those that are known now: the files that they come from may change. */
  readonly current: () => DocumentList;
}

/** Operations by their ids, and the texts of all of them. */
export interface DocumentList {
  readonly byId: ReadonlyMap<string, string>;
  readonly texts: ReadonlySet<string>;
}

/** An operation as a client sends it, before anything of it is checked. */
export interface SentOperation {
  readonly query?: unknown;
  readonly extensions?: unknown;
  /** What clients of GraphQL over HTTP call an id. */
  readonly documentId?: unknown;
  /** What Relay's documentation calls it, now and before. */
  readonly doc_id?: unknown;
  readonly id?: unknown;
}

/** What some builds put before an id that is the SHA-256 of its text, and some leave out. */
export const hashPrefix = 'sha256:';

/**
 * Makes the check that an operation is one of those that may run. An id that is known, in whatever place a client sends it,
 * is answered with the text in its place. Throws PERSISTED_QUERY_NOT_IN_LIST.
 */
export function createDocumentLookup({ mode, current }: TrustedDocuments) {
  return function lookUp<Sent extends SentOperation>(operation: Sent): Sent {
    if (mode === 'off') return operation;
    const { byId, texts } = current();
    const { query } = operation;
    const { hash, ids } = readIds(operation);
    const text = ids.map((id) => findText(byId, id)).find((found) => found !== undefined);
    if (typeof query === 'string' && query !== '') {
      if (mode === 'only' && !texts.has(query)) throw notInList();
      return query === text || (hash !== null && !isBareHash(hash)) ? withText(operation, query) : operation;
    }
    if (ids.length === 0) return operation;
    if (text !== undefined) return withText(operation, text);
    // An automatic persisted query is not listed, and may be known all the same.
    if (mode === 'only' || hash === null) throw notInList();
    return operation;
  };
}

const persistedQuery = z.looseObject({ persistedQuery: z.looseObject({ sha256Hash: z.string() }) });

function readIds({ documentId, extensions, doc_id: docId, id }: SentOperation) {
  const hash = persistedQuery.safeParse(extensions).data?.persistedQuery.sha256Hash ?? null;
  return { hash, ids: [documentId, hash, docId, id].filter((value) => typeof value === 'string') };
}

function findText(byId: DocumentList['byId'], id: string): string | undefined {
  return byId.get(id) ?? byId.get(id.startsWith(hashPrefix) ? id.slice(hashPrefix.length) : `${hashPrefix}${id}`);
}

/** Whether Apollo can compare an id with its text, and remember the text by it. */
function isBareHash(id: string): boolean {
  return /^[0-9a-f]{64}$/i.test(id);
}

/** Apollo refuses a text beside an id that is not its hash, and a listed id need not be. */
function withText<Sent extends SentOperation>(operation: Sent, query: string): Sent {
  const { extensions } = operation;
  if (typeof extensions !== 'object' || extensions === null) return { ...operation, query };
  const { persistedQuery: _id, ...others } = extensions as Readonly<Record<string, unknown>>;
  return { ...operation, query, extensions: others };
}

function notInList(): RequestError {
  return new RequestError(
    400,
    'PERSISTED_QUERY_NOT_IN_LIST',
    'This is not one of the operations that the gateway takes.',
  );
}
