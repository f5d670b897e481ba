import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';

/** Longer requests are rarely sent twice. */
const maxRequestLength = 64 * 1024;

/** What a kept answer is found by: all of a request that decides its answer. */
interface AnswerKey {
  /** All but what is asked for. */
  readonly form: string;
  /** The whole request. */
  readonly key: string;
}

/** Gives the key of a request; null if its answer is not to be kept. */
export type ToAnswerKey = (request: FastifyRequest) => AnswerKey | null;

interface AnswerKeyOptions {
  /** The headers that callers send upstream tokens in. */
  readonly credentialHeaders: readonly string[];
  readonly isOwn: (headers: FastifyRequest['headers']) => boolean;
  readonly documents: Pick<TrustedDocuments, 'current'>;
}

/**
 * Makes the keys. Each holds the request's own text, what the answer's form depends on, and a digest of each upstream token that
 * the request brings. So no answer is found by another caller.
 */
export function createAnswerKey({ credentialHeaders, isOwn, documents }: AnswerKeyOptions): ToAnswerKey {
  const documentsVersion = countVersions(documents.current);
  return function toAnswerKey(request) {
    const { method, headers, caller } = request;
    if (caller !== null && !caller.scopes.has('pipelines:read')) return null;
    const text = method === 'GET' ? toSearch(request, isOwn) : toBody(request);
    if (text === null || text.length > maxRequestLength) return null;
    let form = `${documentsVersion()} ${method} ${headers.accept ?? ''}\n`;
    for (const name of credentialHeaders) form += `${toDigest(headers[name])}\n`;
    return { form, key: form + text };
  };
}

/** A GET that a page of another site may have sent is for Apollo to refuse. */
function toSearch({ url, headers }: FastifyRequest, isOwn: (headers: FastifyRequest['headers']) => boolean) {
  return isOwn(headers) ? url : null;
}

/** The operations of a batch share a context, so what one of them depends on is not known. */
function toBody({ body }: FastifyRequest): string | null {
  return typeof body === 'string' && !body.trimStart().startsWith('[') ? body : null;
}

/** Another number whenever there are other documents, so that nothing is found that was trusted before. */
function countVersions(current: () => object): () => number {
  let last = current();
  let version = 0;
  return () => {
    const now = current();
    if (now !== last) version += 1;
    last = now;
    return version;
  };
}

function toDigest(value: string | string[] | undefined): string {
  return value === undefined ? '' : hash('sha256', String(value), 'base64url');
}
