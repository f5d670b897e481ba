import type { FastifyRequest } from 'fastify';
import { isNoCache } from '../context/context.ts';
import type { Context } from '../context/context.ts';
import type { Answer } from './answer.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { KeptEntities } from './kept-entities.ts';

/**
 * The kept answer to a request, told of as the operation that it answers; null if it has to be computed. If time has passed, or
 * the caller wants nothing kept, what it was made from is read again, for which `open` opens the request's context.
 */
export async function findKeptAnswer(
  key: string,
  keptAnswers: KeptAnswers,
  { telemetry, headers }: FastifyRequest,
  open: () => Context,
): Promise<Answer | null> {
  if (!keptAnswers.has(key)) return null;
  const operation = telemetry.expectOperation();
  const kept = (mayFind(headers) ? keptAnswers.find(key) : null) ?? (await confirm(key, keptAnswers, open));
  if (kept === null) return null;
  operation.resolve(kept.operation.name, 'query');
  operation.end([]);
  return kept.answer;
}

/** The answer put together from entities that were answered before, told of as an operation; null if it has to be computed. */
export function answerFromEntities(
  form: string,
  sent: unknown,
  keptEntities: KeptEntities,
  { telemetry, headers, method }: FastifyRequest,
): Answer | null {
  if (method !== 'POST' || !mayFind(headers)) return null;
  const assembled = keptEntities.assemble(form, sent);
  if (assembled === null) return null;
  const operation = telemetry.beginOperation();
  operation.resolve(assembled.operationName, 'query');
  operation.end([]);
  return assembled.answer;
}

/** Whether the caller takes what is kept; the deadline is checked where a context is opened. */
function mayFind(headers: FastifyRequest['headers']): boolean {
  return headers['x-deadline-ms'] === undefined && !isNoCache(headers['cache-control']);
}

async function confirm(key: string, keptAnswers: KeptAnswers, open: () => Context) {
  let context: Context;
  try {
    context = open();
  } catch {
    // The operation is refused for the same reason.
    return null;
  }
  return keptAnswers.confirm(key, context);
}
