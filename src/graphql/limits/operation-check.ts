import type { HTTPGraphQLRequest } from '@apollo/server';
import { createDocumentLookup } from '../trusted-documents.ts';
import type { SentOperation, TrustedDocuments } from '../trusted-documents.ts';
import { createDocumentCheck } from './document-check.ts';
import type { OperationLimits } from './limits.ts';
import { requireWithin } from './require-within.ts';

/** Gives the request to hand on, with the texts of trusted documents filled in; throws a RequestError where it may not run. */
export type OperationCheck = (request: HTTPGraphQLRequest) => HTTPGraphQLRequest;

/**
 * Makes the check of what can be known of a request's operations before they are parsed. A request that is not well-formed
 * passes, for Apollo to say what is wrong with it.
 */
export function createOperationCheck(limits: OperationLimits, trusted: TrustedDocuments): OperationCheck {
  const lookUp = createDocumentLookup(trusted);
  const checkDocument = createDocumentCheck(limits);
  const admit = (sent: unknown): unknown => {
    if (typeof sent !== 'object' || sent === null) return sent;
    const operation: SentOperation = lookUp(sent);
    if (typeof operation.query === 'string') checkDocument(operation.query);
    return operation;
  };

  return function checkOperations(request) {
    const { method, search, body } = request;
    if (method === 'GET') return { ...request, search: admitSearch(search, admit) };
    if (!Array.isArray(body)) return { ...request, body: admit(body) };
    if (limits.batch > 0) requireWithin(limits, 'batch', body.length);
    return limits.batch > 0 ? { ...request, body: body.map(admit) } : request;
  };
}

function admitSearch(search: string, admit: (operation: SentOperation) => unknown): string {
  const params = new URLSearchParams(search);
  const sent: SentOperation = {
    query: params.get('query') ?? undefined,
    extensions: parseJson(params.get('extensions')),
    documentId: params.get('documentId'),
    doc_id: params.get('doc_id'),
    id: params.get('id'),
  };
  const { query, extensions } = admit(sent) as SentOperation;
  if (typeof query !== 'string' || (query === sent.query && extensions === sent.extensions)) return search;
  params.set('query', query);
  if (typeof extensions === 'object' && extensions !== null) params.set('extensions', JSON.stringify(extensions));
  return `?${params.toString()}`;
}

/** Undefined where it is no JSON, which Apollo refuses. */
function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
