import { PipelineFault } from '../../domain/problems.ts';
import type { UpstreamAnswer } from './answer.ts';
import { toRejectedProblem } from './rejection.ts';
import type { ApiVersion } from './rejection.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { noSubject } from './subject.ts';
import { toPathTemplate } from './transport.ts';
import type { Transport, UpstreamRequest } from './transport.ts';

/** Lets the call's observer hear of each attempt, and of what became of it. */
export function withObservation(
  transport: Transport,
  api: { readonly retryPolicy: RetryPolicy; readonly apiVersion: ApiVersion },
): Transport {
  const { sourceName } = transport;
  return {
    ...transport,
    async send(request, call) {
      const { method } = request;
      const observation = call.observer.begin({ sourceName, method, pathTemplate: toPathTemplate(request) });
      try {
        const answer = await transport.send(request, call, observation.headers);
        const problem = isExpected(answer, request)
          ? null
          : toRejectedProblem(answer, { ...api, isWrite: method !== 'GET', sent: request.body, subject: noSubject });
        observation.end(answer.status, problem);
        return answer;
      } catch (error) {
        observation.end(null, error instanceof PipelineFault ? error.problems[0] : null);
        throw error;
      }
    },
  };
}

/** A read's 404 is an answer like any other: there is no such thing. */
function isExpected({ status }: UpstreamAnswer, { method }: UpstreamRequest): boolean {
  return status < 300 || (status === 404 && method === 'GET');
}
