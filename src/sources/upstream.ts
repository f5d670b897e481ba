import { PipelineFault, upstreamProblem } from '../problem.ts';
import { createTransport, toPathTemplate } from './http.ts';
import type { UpstreamAnswer, UpstreamRequest } from './http.ts';
import { toRefusedProblem, withoutToken } from './refusal.ts';
import type { Refusal, Subject } from './refusal.ts';
import { createSharedReads } from './shared-reads.ts';
import type { Call, PipelineList } from './source.ts';

/** An upstream's API as its source calls it: every answer is either what `parse` makes of it or a PipelineFault. */
export interface Upstream {
  /** Reads; equal reads in flight share one call. Null on 404. A body that `parse` throws at is UPSTREAM_CONTRACT. */
  read<T>(request: Readable, subject: Subject, parse: (body: unknown) => T, call: Call): Promise<T | null>;
  /** Writes. Null where the upstream acknowledged the write with a body that `parse` throws at. */
  write<T>(request: Writable, subject: Subject, parse: (body: unknown) => T, call: Call): Promise<T | null>;
  close(): Promise<void>;
}

type Readable = Pick<UpstreamRequest, 'path' | 'query'>;
type Writable = UpstreamRequest & { readonly method: Exclude<UpstreamRequest['method'], 'GET'> };

/** Connects to the API at `baseUrl`; `readRefusal` knows its error bodies. */
export function createUpstream(
  sourceName: string,
  baseUrl: string,
  readRefusal: (answer: UpstreamAnswer, call: Call) => Refusal,
): Upstream {
  const transport = createTransport(sourceName, baseUrl);
  const reads = createSharedReads(sourceName);

  function refuse(answer: UpstreamAnswer, subject: Subject, isWrite: boolean, call: Call): PipelineFault {
    const { status, headers } = answer;
    const refusal = withoutToken(readRefusal(answer, call), call.credential.token);
    return new PipelineFault([toRefusedProblem({ status, headers, isWrite }, refusal, subject)], sourceName);
  }

  /** Sends once and gives what `judge` makes of the answer; the call's observer hears what became of it. */
  async function send<T>(request: UpstreamRequest, call: Call, judge: (answer: UpstreamAnswer) => T): Promise<T> {
    const { method } = request;
    const observation = call.observer.begin({ sourceName, method, pathTemplate: toPathTemplate(request) });
    let status: number | null = null;
    try {
      const answer = await transport.send(request, call, observation.headers);
      ({ status } = answer);
      const result = judge(answer);
      observation.end(status, null);
      return result;
    } catch (error) {
      observation.end(status, error instanceof PipelineFault ? error.problems[0] : null);
      throw error;
    }
  }

  return {
    read(request, subject, parse, call) {
      const get: UpstreamRequest = { method: 'GET', ...request };
      return reads.join(JSON.stringify(request), call, (signal) =>
        send(get, { ...call, signal }, (answer) => {
          if (answer.status === 404) return null;
          if (!isSuccess(answer)) throw refuse(answer, subject, false, call);
          try {
            return parse(answer.body);
          } catch {
            throw new PipelineFault([brokenContract(answer.status)], sourceName);
          }
        }),
      );
    },
    async write(request, subject, parse, call) {
      // A read that began before the write, or during it, may show the state before it.
      reads.forget();
      const sending = send(request, call, (answer) => {
        if (!isSuccess(answer)) throw refuse(answer, subject, true, call);
        try {
          return parse(answer.body);
        } catch {
          return null;
        }
      });
      return sending.finally(() => reads.forget());
    },
    close: () => transport.close(),
  };
}

/** An answer that is not what the upstream's API documents. */
export function brokenContract(status: number | null, mayHaveBeenApplied = false) {
  const message = 'The upstream answered in a form that its API does not document.';
  return upstreamProblem('UPSTREAM_CONTRACT', message, { status, mayHaveBeenApplied });
}

/** Ends a create that the upstream acknowledged without saying which id the object has. */
export function newIdUnknown(sourceName: string): never {
  throw new PipelineFault([brokenContract(null, true)], sourceName);
}

/** What is made of a write's answer that says nothing that a later read would not show better. */
export function ignoreAnswer(): void {}

/** A list call that was answered with 404: look-ups find nothing in it, and a list of pipelines says that it is missing. */
export const listNotFound: PipelineList = {
  pipelines: [],
  problems: [upstreamProblem('UPSTREAM_REJECTED', 'The upstream has no such list (status 404).', { status: 404 })],
};

function isSuccess({ status }: UpstreamAnswer): boolean {
  return status >= 200 && status < 300;
}
