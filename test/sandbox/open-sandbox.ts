import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';

/** The path of v3, which an object type follows, as in the others. */
export const v3 = '/crm/v3/pipelines';
/** The path of version 2026-03. */
export const march = '/crm/pipelines/2026-03';
/** The path of version 2026-09. */
export const september = '/crm/pipelines/2026-09';
/** The path of v1. */
export const v1 = '/crm-pipelines/v1/pipelines';

/** An answer of the sandbox. */
export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  /** The body read as JSON; undefined where it is none. */
  readonly body: Body;
}

/** All members that bodies of the three APIs have; which of them are there, the test knows. */
interface Body {
  readonly results: readonly Body[];
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly Body[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly writePermissions?: string;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly active: boolean;
  readonly rawObject: string;
  readonly action: string;
  readonly timestamp: string;
  readonly status: string;
  readonly message: string;
  readonly correlationId: string;
  readonly category: string;
  readonly subCategory: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly errors: readonly { readonly in: string }[];
  readonly requests: readonly { readonly path: string; readonly status: number | null }[];
  readonly error: string;
}

/** What a request has beside its method and path. */
interface CallOptions {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A sandbox with ways to call it. */
export interface TestSandbox extends Sandbox {
  /** One request; a string body is sent as it is, another as JSON. Asks for JSON as `test` unless told otherwise. */
  call(method: Dispatcher.HttpMethod, path: string, options?: CallOptions): Promise<Reply>;
  get(path: string, options?: CallOptions): Promise<Reply>;
  post(path: string, body: unknown, options?: CallOptions): Promise<Reply>;
}

/** A sandbox of the test's own on a free port, closed when the test is over. */
export async function openSandbox(options: Omit<SandboxOptions, 'port'> = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({ port: 0, ...options });
  // An agent of its own: a connection that one test's fault spoilt must not reach another test.
  const agent = new Agent();
  onTestFinished(async () => {
    await sandbox.close();
    await agent.destroy();
  });
  const call: TestSandbox['call'] = (method, path, options = {}) => send(agent, sandbox.url + path, method, options);
  return {
    ...sandbox,
    call,
    get: (path, options) => call('GET', path, options),
    post: (path, body, options) => call('POST', path, { ...options, body }),
  };
}

async function send(
  dispatcher: Agent,
  url: string,
  method: Dispatcher.HttpMethod,
  { body, token = 'test', headers }: CallOptions,
): Promise<Reply> {
  const answer = await request(url, {
    method,
    dispatcher,
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, text, body: parse(text) as Body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A stage of a deals pipeline, as it is sent. */
export function dealStage(label: string, displayOrder: number, more: object = {}): Record<string, unknown> {
  return { label, displayOrder, metadata: { probability: '0.5' }, ...more };
}

/** A deals pipeline, as it is sent. */
export function dealPipeline(label: string, more: object = {}): Record<string, unknown> {
  return { label, displayOrder: 1, stages: [dealStage('Open', 0), dealStage('Won', 1)], ...more };
}

/** The ids of stages in the order that their numbers give, next to the numbers. */
export function orders(pipeline: Pick<Body, 'stages'>): [string, number][] {
  return pipeline.stages
    .map(({ id, displayOrder }): [string, number] => [id, displayOrder])
    .sort(([, a], [, b]) => a - b);
}
