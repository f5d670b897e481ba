import { expect, test } from 'vitest';
import { parseExactJson } from '../../src/domain/exact-json.ts';
import { readSnapshotDocument, toSnapshotDocument } from '../../src/domain/snapshot-document.ts';
import type { PipelineSnapshot } from '../../src/domain/snapshot.ts';

/** Documents as the first form's gateway made them, to the letter. */
const firstDeals = `{"version":1,"sourceName":"hubspot","objectType":"deals","pipelineId":"renewals","label":"Renewals",
  "displayOrder":1,"description":null,"isDefault":null,"stages":[
  {"stageId":"asked","label":"Asked","displayOrder":0,"meta":{"probability":0.3}},
  {"stageId":"talking","label":"Talking","displayOrder":1,"meta":{"probability":0.6}},
  {"stageId":"renewed","label":"Renewed","displayOrder":2,"meta":{"probability":1}},
  {"stageId":"left","label":"Left","displayOrder":3,"meta":{"probability":0}}],
  "digest":"HjZ1jrPuUDJgyljQFVfc3JVMqT7n9SKPGhK0Z-xgccI"}`;
const firstTickets = `{"version":1,"sourceName":"hubspot","objectType":"tickets","pipelineId":"help","label":"Help",
  "displayOrder":3,"description":null,"isDefault":null,"stages":[
  {"stageId":"new","label":"New","displayOrder":0,"meta":{"ticketState":"OPEN"}},
  {"stageId":"paused","label":"Paused","displayOrder":1,"meta":{"ticketState":"PENDING"}},
  {"stageId":"done","label":"Done","displayOrder":2,"meta":{"ticketState":"CLOSED"}}],
  "digest":"l7FZeEP1hGq7ZdQJo1y6fM4fUcum8I5dpH8luCPOoYU"}`;

test('a document of the first form is taken, with typed metadata as what to write', () => {
  const { stages, ...pipeline } = readSnapshotDocument(JSON.parse(firstDeals));
  expect(pipeline).toEqual({
    sourceName: 'hubspot',
    objectType: 'deals',
    pipelineId: 'renewals',
    label: 'Renewals',
    displayOrder: 1,
    description: null,
    isDefault: null,
  });
  expect(stages.map(({ stageId, meta, rawMeta }) => [stageId, meta, rawMeta])).toEqual([
    ['asked', { probability: 0.3 }, undefined],
    ['talking', { probability: 0.6 }, undefined],
    ['renewed', { probability: 1 }, undefined],
    ['left', { probability: 0 }, undefined],
  ]);
});

test('metadata that a document of the first form could not type is taken as it came', () => {
  const { stages } = readSnapshotDocument(JSON.parse(firstTickets));
  expect(stages.map(({ meta, rawMeta }) => [meta, rawMeta])).toEqual([
    [{ ticketState: 'OPEN' }, undefined],
    [null, { ticketState: 'PENDING' }],
    [{ ticketState: 'CLOSED' }, undefined],
  ]);
});

test('a document of the first form that was changed is refused', () => {
  const changed = firstDeals.replace('"Asked"', '"Begged"');
  expect(() => readSnapshotDocument(JSON.parse(changed))).toThrow('The document was changed');
});

/** A snapshot with one stage, which has such metadata. */
function toSnapshot(raw: object): PipelineSnapshot {
  const meta = { __typename: 'GenericStageMeta', state: null, raw: { ...raw } } as const;
  return {
    __typename: 'PipelineSnapshot',
    sourceName: 'crm',
    objectType: 'leads',
    pipelineId: 'p',
    label: 'P',
    displayOrder: 0,
    description: null,
    isDefault: null,
    stages: [{ __typename: 'StageSnapshot', stageId: 's', label: 'S', displayOrder: 0, meta }],
  };
}

test('whatever JSON metadata holds survives, in whichever order a client puts its fields', () => {
  const raw = { b: [1, { d: null, c: -0.5 }], a: 'é\u{1f600}\ud800', 2: true, 10: {} };
  const document = toSnapshotDocument(toSnapshot(raw));
  const text = JSON.stringify(document).replace(/"b":(\[.*?\]),"a":("[^"]*")/, '"a":$2,"b":$1');
  expect(text).not.toBe(JSON.stringify(document));
  expect(readSnapshotDocument(JSON.parse(text)).stages).toEqual([
    { stageId: 's', label: 'S', displayOrder: 0, archived: false, meta: null, rawMeta: raw },
  ]);
});

test('what JSON readers change or refuse stands in a document as text, and comes back', () => {
  const raw = parseExactJson(
    '{"id":9007199254740993,"deep":[{"constructor":{"prototype":1}}],"__proto__":{"x":-0},"n":1}',
  );
  const document = toSnapshotDocument(toSnapshot(raw as object));
  expect(document.stages[0]).toMatchObject({
    raw: { n: 1 },
    exact: [
      ['id', '9007199254740993'],
      ['deep', '[{"constructor":{"prototype":1}}]'],
      ['__proto__', '{"x":-0}'],
    ],
  });
  const [stage] = readSnapshotDocument(JSON.parse(JSON.stringify(document))).stages;
  expect(stage?.rawMeta).toEqual(raw);
});

test('a document whose exact text is no JSON is refused by its path', () => {
  const document = toSnapshotDocument(toSnapshot({ n: -0 }));
  const spoilt = JSON.parse(JSON.stringify(document).replace('"-0"', '"-"'));
  expect(() => readSnapshotDocument(spoilt)).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ path: ['snapshot', 'stages', '0', 'exact', '0', '1'] })],
    }),
  );
});

/** A document as the second form's gateway made it, to the letter. */
const second = `{"version":2,"sourceName":"crm","objectType":"leads","pipelineId":"p","label":"P","displayOrder":0,"description":null,"isDefault":null,
  "stages":[{"stageId":"s","label":"S","displayOrder":0,"archived":false,"raw":{"leadState":"NEW","big":"9007199254740993"}}],
  "digest":"KV6kZbnJgDQlLrMcZy4SK3IzsZL6lH9jCB5eOjApUx8"}`;

test('a document of the second form is taken, with its metadata as it came', () => {
  const { stages } = readSnapshotDocument(JSON.parse(second));
  expect(stages).toMatchObject([{ stageId: 's', meta: null, rawMeta: { leadState: 'NEW', big: '9007199254740993' } }]);
});

test('a document’s digest tells an array from an object with the same entries', () => {
  const toDocument = (value: unknown) => toSnapshotDocument(toSnapshot({ value }));
  expect(toDocument({ a: 1 }).digest).not.toBe(toDocument([['a', 1]]).digest);
});
