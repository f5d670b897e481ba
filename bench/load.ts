import { Client } from 'undici';
import type { Dispatcher } from 'undici';
import type { Operation } from './workloads.ts';

/** Who is asked, and how. */
export interface Target {
  readonly url: string;
  readonly isGraphql: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly encoding: string;
  readonly chunks: readonly Buffer[];
}

/** What a load came to. */
export interface Load {
  readonly operations: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The average size of an answer on the wire. */
  readonly answerBytes: number;
}

/** How long, and by how many. */
interface LoadSize {
  readonly connections: number;
  readonly seconds: number;
  /** How many operations there are at least, however long they take. */
  readonly atLeast?: number;
}

/** Asks over each connection as soon as the last answer is there; rejects if any answer is not 200. */
export async function runLoad(
  target: Target,
  next: () => Operation,
  { connections, seconds, atLeast = 0 }: LoadSize,
): Promise<Load> {
  const tookMs: number[] = [];
  let bytes = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const work = async (): Promise<void> => {
    const client = new Client(target.url);
    try {
      while (performance.now() < endsAt || tookMs.length < atLeast) {
        const askedAt = performance.now();
        const { status, chunks } = await send(client, target, next());
        tookMs.push(performance.now() - askedAt);
        if (status !== 200)
          throw new Error(`An answer was ${status}: ${Buffer.concat(chunks).toString().slice(0, 500)}`);
        for (const chunk of chunks) bytes += chunk.length;
      }
    } finally {
      await client.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const sorted = Float64Array.from(tookMs).sort();
  return {
    operations: sorted.length,
    seconds: (performance.now() - startedAt) / 1000,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    answerBytes: bytes / sorted.length,
  };
}

/** Sends one operation; the headers are those of a plain client. */
export function send(client: Client, target: Target, operation: Operation): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const chunks: Buffer[] = [];
  let status = 0;
  let encoding = '';
  // The handler itself, as undici's `request` makes a stream of each answer, and the load shares its core.
  client.dispatch(toRequest(target, operation), {
    onRequestStart() {},
    onResponseStart(_, code, headers) {
      status = code;
      encoding = String(headers['content-encoding'] ?? 'identity');
    },
    onResponseData: (_, chunk) => void chunks.push(chunk),
    onResponseEnd: () => resolve({ status, encoding, chunks }),
    onResponseError: (_, error) => reject(error),
  });
  return promise;
}

function toRequest(
  { isGraphql, headers }: Target,
  { body, restPath, headers: own }: Operation,
): Dispatcher.DispatchOptions {
  if (!isGraphql) return { path: restPath, method: 'GET', headers: { accept: 'application/json', ...headers, ...own } };
  return {
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers, ...own },
    body,
  };
}
