import { request } from 'undici';

/** One request that the sandbox got. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number | null;
  readonly credentialHash: string | null;
}

/** What is to befall the requests that match; for ever unless `times` says how many. */
export interface FaultRule {
  readonly match?: { readonly method?: string; readonly path?: string; readonly token?: string };
  readonly fault: string;
  readonly when?: 'before' | 'after';
  readonly part?: 'headers' | 'body';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly ms?: number;
  readonly times?: number;
}

/** What a test asks of a running sandbox, through its control endpoints. */
export interface SandboxControl {
  readonly url: string;
  /** What reached the sandbox since the log was emptied, oldest first. */
  requests(): Promise<readonly LoggedRequest[]>;
  /** The same as `GET /path`, for short assertions. */
  requestLines(): Promise<readonly string[]>;
  /** Those of them that write. */
  writes(): Promise<readonly string[]>;
  emptyLog(): Promise<void>;
  fault(rule: FaultRule): Promise<void>;
  clearFaults(): Promise<void>;
  /** Back to the seed data, without faults and log. */
  reset(): Promise<void>;
  addRecords(records: {
    readonly token: string;
    readonly objectType: string;
    readonly pipelineId: string;
    readonly stageId: string;
    readonly recordIds: readonly string[];
  }): Promise<void>;
  /** A call to an upstream itself, as an independent client makes it. */
  call(method: string, path: string, token: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

/** Controls the sandbox at `url`. */
export function controlSandbox(url: string): SandboxControl {
  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await request(`${url}${path}`, {
      method: method as 'GET',
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      // A connection that is kept can end at the other side just when it is used again.
      reset: true,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, text };
  }
  async function control(method: string, path: string, body?: unknown): Promise<string> {
    const { status, text } = await send(method, `/__sandbox/${path}`, body);
    if (status >= 300) throw new Error(`The sandbox refused ${method} ${path}: ${status} ${text}`);
    return text;
  }
  const requests = async () =>
    (JSON.parse(await control('GET', 'requests')) as { requests: readonly LoggedRequest[] }).requests;
  const requestLines = async () => (await requests()).map(({ method, path }) => `${method} ${path}`);
  return {
    url,
    requests,
    requestLines,
    writes: async () => (await requestLines()).filter((line) => !line.startsWith('GET ')),
    emptyLog: async () => void (await control('DELETE', 'requests')),
    fault: async (rule) => void (await control('POST', 'faults', { match: {}, ...rule })),
    clearFaults: async () => void (await control('DELETE', 'faults')),
    async reset() {
      await control('DELETE', 'faults');
      await control('POST', 'reset');
      await control('DELETE', 'requests');
    },
    addRecords: async (records) => void (await control('POST', 'records', records)),
    async call(method, path, token, body) {
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
      const { status, text } = await send(method, path, body, headers);
      return { status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
    },
  };
}
