import type { FastifyRequest } from 'fastify';
import { isNoCache } from '../context/context.ts';
import type { Context } from '../context/context.ts';
import type { Answer } from './answer.ts';
import type { KeptAnswers } from './kept-answers.ts';

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
  // The deadline is checked where a context is opened.
  const isPlain = headers['x-deadline-ms'] === undefined && !isNoCache(headers['cache-control']);
  const kept = (isPlain ? keptAnswers.find(key) : null) ?? (await confirm(key, keptAnswers, open));
  if (kept === null) return null;
  operation.resolve(kept.operation.name, 'query');
  operation.end([]);
  return kept.answer;
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
