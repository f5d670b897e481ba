import type { IncomingHttpHeaders } from 'node:http';
import { parseExactJson } from '../../domain/exact-json.ts';
import { once } from '../once.ts';
import { findLongList } from './find-long-list.ts';
import type { Rejection } from './rejection.ts';

/** An answer as it came, whatever the status. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body's text; null if it was cut or too large. */
  readonly text: string | null;
  /**
   * The parsed JSON, with exact integers; undefined if the body is none, is not JSON, was cut or was too large. Of a long
   * one that holds `results`, these alone, as a LongList.
   */
  readonly body: unknown;
}

/** An upstream's answer, with what it explains should it be a refusal. */
export interface UpstreamAnswer extends PlainAnswer {
  /** Without the credential's token; read when it is first asked for, and once. */
  readonly rejection: Rejection;
}

/**
 * The answer. What is asked of its body is read when it is first asked for: one whose text is known already never is. A long
 * list is read no further once the signal has fired.
 */
export function toAnswer(
  status: number,
  headers: IncomingHttpHeaders,
  text: string | null,
  readRejection: (answer: PlainAnswer) => Rejection,
  signal?: AbortSignal,
): UpstreamAnswer {
  const body = once(() => parseJson(text, signal));
  const rejection = once(() => readRejection(answer));
  const answer: UpstreamAnswer = {
    status,
    headers,
    text,
    get body() {
      return body();
    },
    get rejection() {
      return rejection();
    },
  };
  return answer;
}

/** From this length on, parsing a text at once may hold the event loop for too long. */
const longText = 128 * 1024;

function parseJson(text: string | null, signal?: AbortSignal): unknown {
  if (text === null || text === '') return undefined;
  try {
    const list = text.length > longText ? findLongList(text, 'results', signal) : null;
    return list === null ? parseExactJson(text) : { results: list };
  } catch {
    return undefined;
  }
}
