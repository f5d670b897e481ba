import { PipelineFault, upstreamProblem } from '../problem.js';
import { createTransport, toPathTemplate } from './http.js';
import { toRefusedProblem, withoutToken } from './refusal.js';
import { createSharedReads } from './shared-reads.js';
/** Connects to the API at `baseUrl`; `readRefusal` knows its error bodies. */
export function createUpstream(sourceName, baseUrl, readRefusal) {
  const transport = createTransport(sourceName, baseUrl);
  const reads = createSharedReads(sourceName);
  function refuse(answer, subject, isWrite, call) {
    const { status, headers } = answer;
    const refusal = withoutToken(readRefusal(answer, call), call.credential.token);
    return new PipelineFault([toRefusedProblem({ status, headers, isWrite }, refusal, subject)], sourceName);
  }
  /** Sends once and gives what `judge` makes of the answer; the call's observer hears what became of it. */
  async function send(request, call, judge) {
    const { method } = request;
    const observation = call.observer.begin({ sourceName, method, pathTemplate: toPathTemplate(request) });
    let status = null;
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
      const get = { method: 'GET', ...request };
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
export function brokenContract(status, mayHaveBeenApplied = false) {
  const message = 'The upstream answered in a form that its API does not document.';
  return upstreamProblem('UPSTREAM_CONTRACT', message, { status, mayHaveBeenApplied });
}
/** Ends a create that the upstream acknowledged without saying which id the object has. */
export function newIdUnknown(sourceName) {
  throw new PipelineFault([brokenContract(null, true)], sourceName);
}
/** What is made of a write's answer that says nothing that a later read would not show better. */
export function ignoreAnswer() {}
/** A list call that was answered with 404: look-ups find nothing in it, and a list of pipelines says that it is missing. */
export const listNotFound = {
  pipelines: [],
  problems: [upstreamProblem('UPSTREAM_REJECTED', 'The upstream has no such list (status 404).', { status: 404 })],
};
function isSuccess({ status }) {
  return status >= 200 && status < 300;
}
