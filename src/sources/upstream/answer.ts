import type { IncomingHttpHeaders } from 'node:http';
import { parseExactJson } from '../../domain/exact-json.ts';
import type { Rejection } from './rejection.ts';

/** An answer as it came, whatever the status. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body's text; null if it was cut or too large. */
  readonly text: string | null;
  /** The parsed JSON, with exact integers; undefined if the body is none, is not JSON, was cut or was too large. */
  readonly body: unknown;
}

/** An upstream's answer, with what it explains should it be a refusal. */
export interface UpstreamAnswer extends PlainAnswer {
  /** Without the credential's token; read when it is first asked for, and once. */
  readonly rejection: Rejection;
}

/** The answer. What is asked of its body is read when it is first asked for: one whose text is known already never is. */
export function toAnswer(
  status: number,
  headers: IncomingHttpHeaders,
  text: string | null,
  readRejection: (answer: PlainAnswer) => Rejection,
): UpstreamAnswer {
  const body = once(() => parseJson(text));
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

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: read() }).value;
}

function parseJson(text: string | null): unknown {
  try {
    return text === null || text === '' ? undefined : parseExactJson(text);
  } catch {
    return undefined;
  }
}
