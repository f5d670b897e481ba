import { describe, expect, test } from 'vitest';
import { dealPipeline, dealStage, openSandbox } from '../sandbox/open-sandbox.ts';
import type { Reply, TestSandbox } from '../sandbox/open-sandbox.ts';
import { readCase } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';

const september = '/crm/pipelines/2026-09';
const deals = `${september}/deals`;
const at = (path: string) => path.replace(/^\/crm\/(v3\/pipelines|pipelines\/[^/]+)/, september);

interface Wire {
  readonly id: string;
  readonly stages: readonly Wire[];
  readonly [member: string]: unknown;
}

/** A list's pipelines without the order of their stages, which nobody promises. */
function toContent(body: unknown): readonly object[] {
  const byId = (a: Wire, b: Wire): number => (a.id < b.id ? -1 : 1);
  const { results } = body as { results: readonly Wire[] };
  return results.toSorted(byId).map((pipeline) => ({ ...pipeline, stages: pipeline.stages.toSorted(byId) }));
}

describe('the sandbox’s account that nobody has edited holds what is known of a real one', () => {
  const whole = [
    ['hubspot-lists', 'deals of an account that nobody has edited'],
    ['hubspot-lists', 'tickets of an account that nobody has edited'],
  ] as const;
  test.each(whole)('%s: %s', async (topic, name) => {
    const recorded = readCase(topic, name);
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.get(at(recorded.request.path));
    expect(status).toBe(200);
    expect(toContent(body)).toEqual(toContent(recorded.answer.body));
  });
});

describe('the sandbox refuses in the recorded form', () => {
  const tickets = `${september}/tickets`;
  const stage = dealStage('Open', 0);
  const provoke: Readonly<Record<string, (sandbox: TestSandbox) => Promise<Reply>>> = {
    'missing: one pipeline, asked for as JSON': (sandbox) => sandbox.get(`${deals}/gone`),
    'missing: the stages of a pipeline': (sandbox) => sandbox.get(`${deals}/gone/stages`),
    'missing: a pipeline that is patched': (sandbox) =>
      sandbox.call('PATCH', `${deals}/gone`, { body: { label: 'X' } }),
    'missing: a pipeline that is deleted': (sandbox) => sandbox.call('DELETE', `${deals}/gone`),
    'missing: a stage that is deleted': (sandbox) => sandbox.call('DELETE', `${deals}/default/stages/gone`),
    'an object type that nobody knows': (sandbox) => sandbox.get(`${september}/machines`),
    'no stages': (sandbox) => sandbox.post(deals, dealPipeline('Empty', { stages: [] })),
    'a pipeline’s label that is taken': (sandbox) => sandbox.post(deals, dealPipeline('Sales Pipeline')),
    'a stage’s label that is taken, stage write': (sandbox) =>
      sandbox.post(`${deals}/default/stages`, dealStage('Closed Won', 7)),
    'a stage’s label that is taken, pipeline create': (sandbox) =>
      sandbox.post(deals, dealPipeline('P', { stages: [stage, { ...stage, displayOrder: 1 }] })),
    'a pipelineId that is taken': (sandbox) => sandbox.post(deals, dealPipeline('P', { pipelineId: 'default' })),
    'a pipelineId that another object type has': (sandbox) =>
      sandbox.post(deals, dealPipeline('P', { pipelineId: '0' })),
    'a stageId that is taken, pipeline create': (sandbox) =>
      sandbox.post(deals, dealPipeline('P', { stages: [{ ...stage, stageId: 'closedwon' }] })),
    'a stageId that is taken, stage create': async (sandbox) => {
      await sandbox.post(deals, dealPipeline('P', { pipelineId: 'p' }));
      return sandbox.post(`${deals}/p/stages`, dealStage('New', 2, { stageId: 'closedwon' }));
    },
    'a deal stage without a probability': (sandbox) =>
      sandbox.post(deals, dealPipeline('P', { stages: [{ ...stage, metadata: {} }] })),
    'a probability beyond its bounds': (sandbox) =>
      sandbox.post(deals, dealPipeline('P', { stages: [{ ...stage, metadata: { probability: '2' } }] })),
    'a state that is none': (sandbox) =>
      sandbox.post(tickets, {
        label: 'T',
        displayOrder: 1,
        stages: [{ label: 'A', displayOrder: 0, metadata: { ticketState: 'X' } }],
      }),
    'no closed ticket stage left': (sandbox) => sandbox.call('DELETE', `${tickets}/0/stages/4`),
    'a negative displayOrder': (sandbox) => sandbox.post(deals, dealPipeline('P', { displayOrder: -1 })),
    'an id that is too long': (sandbox) => sandbox.post(deals, dealPipeline('P', { pipelineId: 'x'.repeat(37) })),
    '401: unknown token': (sandbox) => sandbox.get(deals, { token: 'sandbox-invalid' }),
    '401: expired': (sandbox) => sandbox.get(deals, { token: 'sandbox-expired' }),
    '403: granular scopes': (sandbox) => sandbox.get(deals, { token: 'sandbox-no-scopes' }),
    'in use: one stage': (sandbox) =>
      sandbox.call('DELETE', `${deals}/default/stages/closedwon?validateDealStageUsagesBeforeDelete=false`),
  };

  test.each(Object.entries(provoke))('%s', async (name, send) => {
    const recorded = readCase('hubspot-errors', name);
    expect(toForm(await send(await openSandbox()))).toEqual(toRecordedForm(recorded));
  });

  interface ErrorBody {
    readonly category?: string;
    readonly subCategory?: string;
    readonly context?: Readonly<Record<string, readonly string[]>>;
  }

  /** All that a client may branch on; words and ids differ. */
  function toForm({
    status,
    headers,
    body,
  }: {
    status: number;
    headers: Readonly<Record<string, unknown>>;
    body: unknown;
  }) {
    const { category = null, subCategory = null, context = {} } = (body ?? {}) as ErrorBody;
    const bracketed = Object.entries(context).map(([key, values]) => [
      key,
      values.map((value) => /^\[.*\]$/.test(value)),
    ]);
    return {
      status,
      type: headers['content-type'] ?? null,
      members: Object.keys(body ?? {}).toSorted(),
      category,
      subCategory,
      bracketed,
    };
  }

  function toRecordedForm({ answer: { status, headers = {}, body } }: RecordedCase) {
    return toForm({ status, headers, body });
  }
});
