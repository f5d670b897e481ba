import { afterEach, expect, test } from 'vitest';
import { request } from 'undici';
import { toStageGlobalId } from '../../src/domain/ids.ts';
import { keptForAMinute, startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { mutate } from '../support/mutate.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

const query = 'query Of($of: [_Any!]!) { _entities(representations: $of) { ... on Stage { id label } } }';
const [won, lost, sent] = ['closedwon', 'closedlost', 'contractsent'].map((stageId) =>
  toStageGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default', stageId }),
);
const ann = { 'x-hubspot-token': 'ann' };

let gateway: TestGateway;
afterEach(async () => gateway.close());

async function open(env: Record<string, string> = {}): Promise<void> {
  const sources = (url: string) => [forwardingHubSpotAt(url)];
  gateway = await startTestGateway({ sources, resilience: { cache: keptForAMinute }, env });
}

const toRepresentations = (ids: readonly (string | undefined)[]) => ids.map((id) => ({ __typename: 'Stage', id }));
const askFor = (ids: readonly (string | undefined)[], headers: Record<string, string> = ann, text = query) =>
  gateway.ask(text, { of: toRepresentations(ids) }, headers);

async function countAssembled(): Promise<number> {
  const { body } = await request(`${gateway.url}/metrics`);
  return Number(/kept_answers_total\{result="assembled"\} (\d+)/.exec(await body.text())?.[1]);
}

test('a new choice of entities is put together from those of earlier answers', async () => {
  await open();
  const all = (await askFor([won, lost, sent])).data._entities;
  const { data, errors } = await askFor([sent, won, sent]);
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([all[2], all[0], all[2]]);
  expect((await askFor([])).data._entities).toEqual([]);
  expect(await countAssembled()).toBe(2);
  const lines = gateway.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation');
  expect(lines.map(({ operation, upstreamRequests }) => [operation, upstreamRequests])).toEqual([
    ['Of', 1],
    ['Of', 0],
    ['Of', 0],
  ]);
});

test('entities are not put together for another caller, another selection, or more of them than were taken', async () => {
  await open();
  for (const token of ['ann', 'bob']) await askFor([won, lost], { 'x-hubspot-token': token });
  await gateway.sandbox.call('PATCH', '/crm/pipelines/2026-09/deals/default/stages/closedwon', 'cem', {
    label: 'Of Cem',
  });
  expect((await askFor([won], { 'x-hubspot-token': 'cem' })).data._entities).toMatchObject([{ label: 'Of Cem' }]);
  await askFor([won], ann, query.replace('id label', 'label'));
  await askFor([won, lost, won]);
  await askFor([sent]);
  expect(await countAssembled()).toBe(0);
});

test('entities are not put together once a write has changed one of them', async () => {
  await open();
  await askFor([won, lost]);
  const caller = { ask: (text: string, variables?: object) => gateway.ask(text, variables, ann) };
  await mutate(caller, 'patchPipelineStage', { id: won, label: 'Written' });
  expect((await askFor([won])).data._entities).toMatchObject([{ label: 'Written' }]);
  expect(await countAssembled()).toBe(0);
});

test('what is not there is looked for again', async () => {
  await open();
  const path = '/crm/pipelines/2026-09/deals/default/stages';
  const late = toStageGlobalId({ sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default', stageId: 'late' });
  expect((await askFor([lost, late])).data._entities).toMatchObject([{ id: lost }, null]);
  const draft = { stageId: 'late', label: 'Late', displayOrder: 9, metadata: { probability: '0.5' } };
  await gateway.sandbox.call('POST', path, 'ann', draft);
  expect((await askFor([late])).data._entities).toMatchObject([{ label: 'Late' }]);
  expect(await countAssembled()).toBe(0);
});

test('a limit holds for what is put together as for what is computed', async () => {
  await open({ GATEWAY_MAX_ANSWER_BYTES: '300' });
  expect((await askFor([won, lost])).errors).toBeUndefined();
  const { errors } = await askFor([won, lost, won, lost, won]);
  expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]);
});
