import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { forItsCaller } from '../graphql/cache-control.ts';
import { chooseCoding, encode } from './content-coding.ts';
import type { ContentCoding } from './content-coding.ts';

/** An answer to an operation, as bytes. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The bytes in a coding; made once if the answer is kept. */
  readonly encoded: (coding: ContentCoding) => Promise<Buffer>;
  /** What tells the bytes from all others. */
  readonly digest: () => string;
}

/** An answer that is sent once. */
export function toAnswer(status: number, headers: Answer['headers'], body: Buffer): Answer {
  return { status, headers, body, encoded: (coding) => encode(body, coding, 'once'), digest: () => toDigest(body) };
}

/** An answer that is sent again and again: what is made of it once is there for all. */
export function toLastingAnswer({ status, headers, body }: Answer): Answer {
  const encodings = new Map<ContentCoding, Promise<Buffer>>();
  let digest: string | null = null;
  return {
    status,
    headers,
    body,
    encoded(coding) {
      const encoded = encodings.get(coding) ?? encode(body, coding, 'kept');
      encodings.set(coding, encoded);
      return encoded;
    },
    digest: () => (digest ??= toDigest(body)),
  };
}

function toDigest(body: Buffer): string {
  return hash('sha256', body, 'base64url');
}

/**
 * Sends in the coding that the client takes. An answer to a GET that its caller may keep has a strong `ETag` made from its bytes.
 * A caller that has these very bytes already is told so by a 304 (RFC 9110, 13.1.2 and 15.4.5).
 */
export async function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<Buffer | null> {
  const coding = chooseCoding(request.headers['accept-encoding'], answer.body.length);
  void reply.code(answer.status).headers(answer.headers);
  if (request.method === 'GET' && answer.status === 200 && answer.headers['cache-control'] === forItsCaller) {
    const tag = `"${answer.digest()}${coding === 'identity' ? '' : `-${coding}`}"`;
    void reply.header('etag', tag);
    if (hasTag(request.headers['if-none-match'], tag)) {
      void reply.code(304);
      return null;
    }
  }
  if (coding !== 'identity') void reply.header('content-encoding', coding);
  return coding === 'identity' ? answer.body : answer.encoded(coding);
}

/** `*` would be any answer at all, which nobody who asks for data means. */
function hasTag(header: string | undefined, tag: string): boolean {
  return header?.split(',').some((part) => part.trim().replace(/^W\//, '') === tag) === true;
}
