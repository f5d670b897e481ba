import { z } from 'zod';
import { PipelineFault } from '../../domain/problems.ts';
import type { PlainAnswer } from '../upstream/answer.ts';
import { stageInUse, unexplained } from '../upstream/rejection.ts';
import type { Rejection } from '../upstream/rejection.ts';

/** The only error body that is documented; other shapes explain nothing. */
const wireError = z.object({ error: z.string() }).catch({ error: '' });

/** Names are unique in the organization (documented); in which words that is said is not. */
const nameTaken = /^(?=.*\bname)(?=.*(already exists|taken|unique|duplicate))/is;

/** In which words a deletion is refused because of records is not documented; it can hardly be said without one of these. */
const speaksOfRecords = /\b(?:records?|contacts?|applications?|target\w*|in use|assigned)\b/i;

/** What comes later in a message is not matched, as that would take long. */
const maxMatched = 1_000;

/** Reads the organization API's error bodies. */
export function readOrganizationRejection({ status, body }: PlainAnswer): Rejection {
  const { error: message } = wireError.parse(body ?? {});
  const isNameTaken = (status === 400 || status === 409) && nameTaken.test(message.slice(0, maxMatched));
  return { ...unexplained, message, ...(isNameTaken ? { reason: 'label-taken', path: ['label'] } : {}) };
}

/**
 * What a refused deletion stands for if the pipeline is not the default one and no target was named. The API wants a
 * target while records are in the pipeline (documented), and does not say which stages they are in. Words that say nothing of
 * the sort stay what they are.
 */
export function toStageInUse(error: unknown): unknown {
  const isSaid = isBadRequest(error) && speaksOfRecords.test(error.problems[0].message.slice(0, maxMatched));
  return isSaid ? new PipelineFault([stageInUse(unexplained)], error.sourceName) : error;
}

/** Whether a read was refused because no id of the API's has such a form (24 hexadecimal digits); then nothing has it. */
export function isIdRefused(id: string, error: unknown): boolean {
  return !/^[\da-f]{24}$/i.test(id) && isBadRequest(error);
}

function isBadRequest(error: unknown): error is PipelineFault {
  if (!(error instanceof PipelineFault)) return false;
  const [problem] = error.problems;
  return problem.code === 'UPSTREAM_REJECTED' && problem.status === 400;
}
