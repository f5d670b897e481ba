import { createHash, randomUUID } from 'node:crypto';
import type { Answer, TestGateway } from './gateway.ts';
import type { FaultRule, LoggedRequest } from './sandbox-control.ts';

/**
 * Somebody with a token, and so an account at the sandbox, of their own, at a gateway whose sources take the callers'
 * tokens. Faults and requests are theirs alone, so that tests can run side by side.
 */
export interface Caller {
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  fault(rule: FaultRule): Promise<void>;
  requests(): Promise<readonly LoggedRequest[]>;
  /** The same as `GET /path`. */
  requestLines(): Promise<readonly string[]>;
}

/** A new caller. */
export function openCaller(gateway: TestGateway, token = `caller-${randomUUID()}`): Caller {
  const headers = { 'x-hubspot-token': token };
  const hash = createHash('sha256').update(token).digest('hex');
  const requests = async () =>
    (await gateway.sandbox.requests()).filter(({ credentialHash }) => credentialHash === hash);
  return {
    token,
    headers,
    ask: (query, variables, more) => gateway.ask(query, variables, { ...headers, ...more }),
    fault: (rule) => gateway.sandbox.fault({ ...rule, match: { ...rule.match, token } }),
    requests,
    requestLines: async () => (await requests()).map(({ method, path }) => `${method} ${path}`),
  };
}
