import { expect, onTestFinished, test } from 'vitest';
import { parseExactJson, printExactJson } from '../../../src/domain/exact-json.ts';
import type { SourceSettings } from '../../../src/sources/index.ts';
import { startReplica } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { startScriptedUpstream } from '../../support/scripted-upstream.ts';
import { hubSpotAt } from '../../support/sources.ts';

async function open(answers: Readonly<Record<string, string>>, toSource = (url: string) => hubSpotAt(url)) {
  const upstream = await startScriptedUpstream(answers);
  onTestFinished(() => upstream.close());
  const sources = (url: string): readonly SourceSettings[] => [toSource(url)];
  const gateway = await startReplica(upstream.url, { sources });
  onTestFinished(() => gateway.close());
  return { gateway, writes: () => upstream.requests.filter(({ method }) => method !== 'GET') };
}

const stage = '{"id":90071992547409931,"label":"A","displayOrder":0,"metadata":{"probability":"0.5",META}}';
const toPipeline = (meta: string) =>
  `{"id":9007199254740993,"label":"Large","displayOrder":0,"stages":[${stage.replace('META', meta)}]}`;
const list = '/crm/pipelines/2026-09/deals';
const path = `${list}/9007199254740993`;
const audit = `{"results":[{"portalId":9007199254740997,"action":"UPDATE","fromUserId":-9007199254740999,
  "rawObject":"{\\"updatedBy\\":9007199254740995}"}]}`;
const toAnswers = (meta: string) => ({
  [`GET ${list}`]: `{"results":[${toPipeline(meta)}]}`,
  [`GET ${path}`]: toPipeline(meta),
  [`GET ${path}/audit`]: audit,
});
const selection = 'id pipelineId stages { id stageId meta { ... on DealStageMeta { raw } } }';
const byKey = `pipelineByKey(objectType: "deals", pipelineId: "9007199254740993")`;

test('an integer beyond 2^53 - 1 keeps its digits as an id, by which the object is found', async () => {
  const { gateway } = await open(toAnswers('"a":1'));
  const { data } = await gateway.ask(`{ ${byKey} { ${selection} } }`);
  expect(data.pipelineByKey).toMatchObject({
    pipelineId: '9007199254740993',
    stages: [{ stageId: '90071992547409931' }],
  });
  const { id, stages } = data.pipelineByKey;
  const query = 'query ($id: ID!, $stage: ID!) { pipeline(id: $id) { label } pipelineStage(id: $stage) { label } }';
  expect((await gateway.ask(query, { id, stage: stages[0].id })).data).toEqual({
    pipeline: { label: 'Large' },
    pipelineStage: { label: 'A' },
  });
});

test.each([
  ['9007199254740993', '9007199254740993'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['[{"deep":9007199254740993}]', [{ deep: '9007199254740993' }]],
  ['9007199254740992', '9007199254740992'],
  // What JavaScript holds exactly stays a number.
  ['9007199254740991', 9_007_199_254_740_991],
  ['1e21', 1e21],
  ['0.30000000000000004', 0.300_000_000_000_000_04],
  ['"9007199254740993"', '9007199254740993'],
])(
  'an integer beyond 2^53 - 1 keeps its digits in raw, as text, and no other number is text: %s',
  async (sent, shown) => {
    const { gateway } = await open(toAnswers(`"unknown" : ${sent}`));
    const { data } = await gateway.ask(`{ ${byKey} { ${selection} } }`);
    expect(data.pipelineByKey.stages[0].meta.raw).toEqual({ probability: '0.5', unknown: shown });
  },
);

test('an integer beyond 2^53 - 1 keeps its digits in a history', async () => {
  const { gateway } = await open(toAnswers('"a":1'));
  const { data } = await gateway.ask(`{ ${byKey} { audit { nodes { portalId fromUserId rawObject } } } }`);
  expect(data.pipelineByKey.audit.nodes).toEqual([
    {
      portalId: '9007199254740997',
      fromUserId: '-9007199254740999',
      rawObject: { updatedBy: '9007199254740995' },
    },
  ]);
});

test.each([
  [
    'replacePipeline',
    (id: string) => ({ id, label: 'B', stages: [{ stageId: '90071992547409931', label: 'B' }] }),
    `PUT ${path}`,
  ],
  ['copyPipeline', (id: string) => ({ id, toSourceName: 'hubspot', label: 'B' }), `POST ${list}`],
])(
  'an integer beyond 2^53 - 1 is a number again in what %s sends, and odder metadata stays',
  async (name, toInput, target) => {
    // A write of one stage leaves metadata alone that it does not change, so whole pipelines are written.
    const metadata = '"a":[12345678901234567890],"b":"12345678901234567890","__proto__":{"x":1},"z":-0';
    const { gateway, writes } = await open(toAnswers(metadata));
    const { id } = (await gateway.ask(`{ ${byKey} { ${selection} } }`)).data.pipelineByKey;
    // This upstream keeps nothing, so what comes of the writes is another matter.
    await mutate(gateway, name, toInput(id));
    const [write] = writes();
    expect(`${write?.method} ${write?.path}`).toBe(target);
    expect(write?.text).toContain(metadata);
  },
);

test('a key __proto__ is shown in raw, and reaches no prototype', async () => {
  const { gateway } = await open(toAnswers('"__proto__":{"polluted":true}'));
  const { text } = await gateway.ask(`{ ${byKey} { ${selection} } }`);
  expect(text).toContain('"raw":{"probability":"0.5","__proto__":{"polluted":true}}');
  expect({}).not.toHaveProperty('polluted');
});

test('an integer beyond 2^53 - 1 is a number again in what v1 is sent', async () => {
  const v1List = `{"results":[{"pipelineId":9007199254740993,"label":"Large","displayOrder":0,"active":true,"stages":[
      {"stageId":90071992547409931,"label":"A","displayOrder":0,"active":true,"metadata":{"probability":0.5,"a":9007199254740995}}]}]}`;
  const toV1 = (url: string) => hubSpotAt(url, { kind: 'hubspot-v1' });
  const { gateway, writes } = await open({ 'GET /crm-pipelines/v1/pipelines/deals': v1List }, toV1);
  const { id } = (await gateway.ask(`{ ${byKey} { id } }`)).data.pipelineByKey;
  await mutate(gateway, 'patchPipeline', { id, label: 'B' });
  expect(writes().map((write) => write.path)).toEqual(['/crm-pipelines/v1/pipelines/deals/9007199254740993']);
  expect(writes()[0]?.text).toContain('"stageId":"90071992547409931"');
  expect(writes()[0]?.text).toContain('"a":9007199254740995');
});

test('a number of many digits is found wherever it stands in the text, and text is not taken for one', () => {
  const texts = Array.from({ length: 48 }, (_, length) => '1234567890123456, '.repeat(3).slice(0, length));
  // Only one integer in each answer needs exactness, at another place in each.
  for (const text of texts) {
    const body = `{"t":"${text}","a":[${text.length},9007199254740993]}`;
    expect(JSON.stringify(parseExactJson(body))).toBe(`{"t":"${text}","a":[${text.length},"9007199254740993"]}`);
    expect(printExactJson(parseExactJson(body))).toBe(body);
  }
});
