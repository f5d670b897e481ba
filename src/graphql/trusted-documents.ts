import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RequestError } from './request-error.ts';

/** The operations that are known beforehand, and what they are for. */
export interface TrustedDocuments {
  /** `only` refuses every other operation, `allow` takes them as well. */
  readonly mode: 'off' | 'allow' | 'only';
  /** Texts by their ids: `sha256:` with the hash in hexadecimal, or whatever the manifest has. */
  readonly texts: ReadonlyMap<string, string>;
}

/** An operation as a client sends it, before anything of it is checked. */
export interface SentOperation {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

const manifest = z.record(z.string(), z.string());
const persistedQuery = z.looseObject({ persistedQuery: z.looseObject({ sha256Hash: z.string() }) });

/**
 * Reads the manifest that the client preset of GraphQL Code Generator writes: texts by their ids. Throws an Error, whose message
 * says what is wrong with it, where it cannot be used.
 */
export function readManifest(file: string): ReadonlyMap<string, string> {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    throw new Error('the file cannot be read');
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new Error('the file is not JSON');
  }
  const result = manifest.safeParse(value);
  if (!result.success) throw new Error('must be an object of texts by their ids');
  const texts = new Map(Object.entries(result.data));
  const wrong = [...texts].find(([id, text]) => id.startsWith('sha256:') && id !== toId(text));
  if (wrong !== undefined) throw new Error(`"${wrong[0]}" is not the hash of its text`);
  return texts;
}

/**
 * Makes the check that an operation is one of those that may run. An id that is known, by `documentId` or as a persisted
 * query, is answered with the text in its place. Throws PERSISTED_QUERY_NOT_IN_LIST.
 */
export function createDocumentLookup({ mode, texts }: TrustedDocuments) {
  const listed = new Set(texts.values());
  return function lookUp<Sent extends SentOperation>(operation: Sent): Sent {
    if (mode === 'off') return operation;
    const { query, documentId, extensions } = operation;
    const hashId = persistedQuery.safeParse(extensions).data?.persistedQuery.sha256Hash;
    if (typeof query === 'string') {
      if (mode === 'only' && !listed.has(query)) throw notInList();
      return operation;
    }
    const id = typeof documentId === 'string' ? documentId : hashId === undefined ? null : `sha256:${hashId}`;
    if (id === null) return operation;
    const text = texts.get(id);
    if (text !== undefined) return { ...operation, query: text };
    // An automatic persisted query is not listed, and may be known all the same.
    if (mode === 'only' || hashId === undefined) throw notInList();
    return operation;
  };
}

function toId(text: string): string {
  return `sha256:${hash('sha256', text)}`;
}

function notInList(): RequestError {
  return new RequestError(
    400,
    'PERSISTED_QUERY_NOT_IN_LIST',
    'This is not one of the operations that the gateway takes.',
  );
}
