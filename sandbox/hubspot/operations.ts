import type { FastifyInstance, FastifyRequest } from 'fastify';
import { unappliedHeader, withoutEffect } from '../unapplied.ts';
import { sendAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Store } from './store/index.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of an API: its method, its path below the collection's, and what answers a call. */
export type Operation<Call> = readonly [method: Method, path: string, answer: (call: Call) => Answer];

/** Serves the operations below a collection's path; each write is one transaction. */
export function serveOperations<Call>(
  api: FastifyInstance,
  store: Store,
  collectionPath: string,
  operations: readonly Operation<Call>[],
  toCall: (request: FastifyRequest) => Call,
): void {
  for (const [method, path, answer] of operations) {
    const run = (request: FastifyRequest): Answer => {
      const work = (): Answer => answer(toCall(request));
      if (method === 'GET') return work();
      const isUnapplied = request.headers[unappliedHeader] !== undefined;
      return isUnapplied ? withoutEffect((all) => store.transaction(all), work) : store.transaction(work);
    };
    api.route({
      method,
      url: collectionPath + path,
      handler: (request, reply) => sendAnswer(reply, run(request)),
    });
  }
}
