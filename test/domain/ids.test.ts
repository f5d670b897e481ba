import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isAddressable,
  readAuditEntryGlobalId,
  readCursor,
  readPipelineGlobalId,
  readStageGlobalId,
  toAuditEntryGlobalId,
  toCursor,
  toPipelineGlobalId,
  toStageGlobalId,
} from '../../src/domain/ids.ts';
import { openCaller } from '../support/caller.ts';
import { mutate } from '../support/mutate.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { useGateway } from '../support/use-gateway.ts';

/** Text of any UTF-16 code units, lone surrogates and control characters among them. */
const anyText = fc.oneof(
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '.',
    '..',
    '...',
    '',
    'a/b',
    '../x',
    '%2e%2e',
    '"',
    '\\',
    '\u2028',
    '__proto__',
    '\u{1f600}',
    '\ud800',
    '\udc00x',
  ),
);
const addressable = anyText.filter(isAddressable);

const sourceName = fc.stringMatching(/^[a-z][a-z0-9-]*$/);
const anyPipelineKey = fc.record({ sourceName, objectType: anyText, pipelineId: anyText });
const pipelineKey = fc.record({ sourceName, objectType: addressable, pipelineId: addressable });
const stageKey = fc.record({ sourceName, objectType: addressable, pipelineId: addressable, stageId: addressable });

/** What stands in an id of this form, put into base64url by hand. */
const forge = (parts: unknown): string =>
  Buffer.from(typeof parts === 'string' ? parts : JSON.stringify(parts)).toString('base64url');

describe('ids', () => {
  test('an id gives back the parts it was made of, whatever their characters, and needs no escaping in a URL', () => {
    fc.assert(
      fc.property(stageKey, ({ stageId, ...key }) => {
        const pipeline = toPipelineGlobalId(key);
        const stage = toStageGlobalId({ ...key, stageId });
        expect(readPipelineGlobalId(pipeline)).toEqual(key);
        expect(readStageGlobalId(stage)).toEqual({ ...key, stageId });
        expect(`${pipeline}${stage}`).toMatch(/^[\w-]+$/);
      }),
    );
  });

  test('an id is different for every other key', () => {
    fc.assert(
      fc.property(anyPipelineKey, anyPipelineKey, (a, b) => {
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        expect(toPipelineGlobalId(a) === toPipelineGlobalId(b)).toBe(isSame);
      }),
    );
  });

  test('an id is none if a part could not be sent upstream', () => {
    fc.assert(
      fc.property(anyPipelineKey, (key) => {
        const isKey = isAddressable(key.objectType) && isAddressable(key.pipelineId);
        expect(readPipelineGlobalId(toPipelineGlobalId(key))).toEqual(isKey ? key : null);
      }),
    );
  });

  test('an id is the same for ever, as clients keep it', () => {
    const key = { sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' };
    expect(toPipelineGlobalId(key)).toBe('WzEsInBpcGVsaW5lIiwiaHVic3BvdCIsImRlYWxzIiwiZGVmYXVsdCJd');
    expect(toStageGlobalId({ ...key, stageId: 'closedwon' })).toBe(
      'WzEsInN0YWdlIiwiaHVic3BvdCIsImRlYWxzIiwiZGVmYXVsdCIsImNsb3NlZHdvbiJd',
    );
  });

  test('an id has one spelling: whatever is read as an id is exactly what its key gives', () => {
    const json = fc.array(fc.oneof(fc.constantFrom(1, 'pipeline', 'stage', 'audit', 'cursor'), anyText, fc.integer()), {
      maxLength: 8,
    });
    const text = fc.oneof(
      anyText,
      json.map(forge),
      pipelineKey.map(toPipelineGlobalId),
      // One character of an id changed, added or left out.
      fc
        .tuple(pipelineKey, fc.nat(), fc.nat(1), fc.constantFrom('', 'A', '=', '+', '/', '_', ' ', '\n'))
        .map(([key, place, skip, put]) => {
          const id = toPipelineGlobalId(key);
          const at = place % (id.length + 1);
          return id.slice(0, at) + put + id.slice(at + skip);
        }),
    );
    fc.assert(
      fc.property(text, (id) => {
        const key = readPipelineGlobalId(id);
        if (key !== null) expect(toPipelineGlobalId(key)).toBe(id);
        const stage = readStageGlobalId(id);
        if (stage !== null) expect(toStageGlobalId(stage)).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });

  test('an id of the longest parts and a cursor of any label that is not absurd can be read back', () => {
    const long = '\u{20ac}'.repeat(512);
    const key = { sourceName: 'a'.repeat(60), objectType: long, pipelineId: long, stageId: long };
    expect(readStageGlobalId(toStageGlobalId(key))).toEqual(key);
    const place = ['hubspot', 'deals', 0, '\u{20ac}'.repeat(10_000), long];
    expect(readCursor(toCursor(place), 5)).toEqual(place);
  });
});

const key = { sourceName: 'hubspot', objectType: 'deals', pipelineId: 'default' };
const notPipelineIds: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['an upstream’s own id', 'default'],
  ['no base64', '🙂'],
  ['no JSON', forge('[1,"pipeline"')],
  ['JSON that is no list', forge({ 0: 1, 1: 'pipeline' })],
  ['a stage’s id', toStageGlobalId({ ...key, stageId: 'closedwon' })],
  ['a cursor', toCursor(['hubspot', 'deals', 'default'])],
  ['too few parts', forge([1, 'pipeline', 'hubspot', 'deals'])],
  ['too many parts', forge([1, 'pipeline', 'hubspot', 'deals', 'default', 'x'])],
  ['a part that is no text', forge([1, 'pipeline', 'hubspot', 'deals', 7])],
  ['another version', forge([2, 'pipeline', 'hubspot', 'deals', 'default'])],
  ['padding', `${toPipelineGlobalId({ ...key, pipelineId: 'defaul' })}==`],
  ['a space in the JSON', forge('[1, "pipeline","hubspot","deals","default"]')],
  ['an escape where none is needed', forge('[1,"pipeline","hubspot","deals","\\u0064efault"]')],
  ['a pipeline that is two dots', toPipelineGlobalId({ ...key, pipelineId: '..' })],
  ['a pipeline that is a dot', toPipelineGlobalId({ ...key, pipelineId: '.' })],
  ['a pipeline that is nothing', toPipelineGlobalId({ ...key, pipelineId: '' })],
  ['a pipeline with a line feed', toPipelineGlobalId({ ...key, pipelineId: 'a\r\nx: y' })],
  ['a pipeline with a NUL', toPipelineGlobalId({ ...key, pipelineId: 'a\0' })],
  ['a pipeline with half a character', toPipelineGlobalId({ ...key, pipelineId: 'a\ud800' })],
  ['a pipeline longer than any', toPipelineGlobalId({ ...key, pipelineId: 'a'.repeat(513) })],
  ['an object type that is two dots', toPipelineGlobalId({ ...key, objectType: '..' })],
  ['half a megabyte', 'A'.repeat(500_000)],
];

test.each(notPipelineIds)('%s is no pipeline’s id', (_, id) => {
  expect(readPipelineGlobalId(id)).toBeNull();
});

describe('ids of audit entries', () => {
  test('an audit entry’s id names the object, the instant and the entry, for pipelines and for stages', () => {
    const entry = fc.record({
      sourceName,
      objectType: addressable,
      pipelineId: addressable,
      stageId: fc.option(addressable),
      timestamp: fc.option(fc.date({ noInvalidDate: true }).map((date) => date.toISOString())),
      hash: fc.base64String({ minLength: 1 }),
    });
    fc.assert(
      fc.property(entry, (auditKey) => {
        const id = toAuditEntryGlobalId(auditKey);
        expect(readAuditEntryGlobalId(id)).toEqual(auditKey);
        expect(readPipelineGlobalId(id)).toBeNull();
        expect(readStageGlobalId(id)).toBeNull();
        expect(id).toMatch(/^[\w-]+$/);
      }),
    );
  });
});

describe('cursors', () => {
  test('a cursor gives back the place it was made of', () => {
    const place = fc.tuple(anyText, anyText, fc.integer(), anyText, anyText);
    fc.assert(
      fc.property(place, (parts) => {
        expect(readCursor(toCursor(parts), 5)).toEqual(parts);
      }),
    );
  });

  test('a cursor of another length, or of nothing, is none', () => {
    expect(readCursor(toCursor(['a', 'b']), 5)).toBeNull();
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readCursor(text, 5)).toBeNull();
      }),
    );
  });
});

describe.concurrent('ids through the gateway', () => {
  const gateway = useGateway({ sources: (url) => [forwardingHubSpotAt(url)] });

  test.each(notPipelineIds)(
    '%s where a pipeline’s id belongs is refused by name, and nothing is sent',
    async (_, id) => {
      const caller = openCaller(gateway);
      const { data, errors } = await caller.ask('query ($id: ID!) { pipeline(id: $id) { label } }', { id });
      expect(data).toEqual({ pipeline: null });
      expect(errors).toMatchObject([
        { message: expect.stringContaining('id'), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      const refused = (field: string) => [
        { __typename: 'PipelineInvalidInputError', code: 'INVALID_INPUT', path: [field], mayHaveBeenApplied: false },
      ];
      expect((await mutate(caller, 'patchPipeline', { id, label: 'x' })).errors).toMatchObject(refused('id'));
      expect((await mutate(caller, 'archivePipeline', { id })).errors).toMatchObject(refused('id'));
      const stage = { pipeline: id, label: 'x', meta: { probability: 0 } };
      expect((await mutate(caller, 'createPipelineStage', stage)).errors).toMatchObject(refused('pipeline'));
      const entity = { __typename: 'Pipeline', id };
      const known = { __typename: 'PipelineSource', name: 'hubspot' };
      const entities = await caller.ask(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on PipelineSource { name } } }',
        { of: [entity, known] },
      );
      expect(entities).toMatchObject({ data: { _entities: [null, { name: 'hubspot' }] }, errors: undefined });
      expect(await caller.requests()).toEqual([]);
    },
  );

  test.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['two dots', '..'],
    ['a line feed', 'a\r\nhost: evil'],
    ['a NUL', 'a\0'],
    ['a C1 control', 'a\u0085'],
    ['half a character', '\udc00'],
    ['more than any upstream’s', 'a'.repeat(513)],
  ])('an upstream id that is %s is refused by name, and nothing is sent', async (_, id) => {
    const caller = openCaller(gateway);
    const queries: readonly (readonly [string, string])[] = [
      ['query ($id: String!) { pipelineByKey(objectType: "deals", pipelineId: $id) { label } }', 'pipelineId'],
      ['query ($id: String!) { pipelineStageByKey(objectType: "deals", stageId: $id) { label } }', 'stageId'],
      ['query ($id: String!) { pipelines(where: { pipelineIds: ["x", $id] }) { totalCount } }', 'where.pipelineIds.1'],
    ];
    for (const [query, name] of queries) {
      const { errors } = await caller.ask(query, { id });
      expect(errors).toMatchObject([
        { message: expect.stringContaining(`${name}: `), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
    const stages = [{ label: 'A', meta: { probability: 0 }, stageId: id }];
    const { errors } = await mutate(caller, 'createPipeline', {
      objectType: 'deals',
      label: 'x',
      pipelineId: id,
      stages,
    });
    expect(errors.map(({ code, path }) => [code, path])).toEqual([
      ['INVALID_INPUT', ['pipelineId']],
      ['INVALID_INPUT', ['stages', '0', 'stageId']],
    ]);
    const { data } = await caller.ask('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
      of: [
        { __typename: 'Pipeline', sourceName: 'hubspot', objectType: 'deals', pipelineId: id },
        { __typename: 'Stage', sourceName: 'hubspot', objectType: 'deals', stageId: id },
      ],
    });
    expect(data).toEqual({ _entities: [null, null] });
    expect(await caller.requests()).toEqual([]);
  });

  test.each([
    ['slashes', 'a/b//c', 'a%2Fb%2F%2Fc'],
    ['a way out', '../../../v3/owners', '..%2F..%2F..%2Fv3%2Fowners'],
    ['three dots', '...', '...'],
    ['dots encoded already', '%2e%2e', '%252e%252e'],
    ['a query and a fragment', 'a?archived=true#x', 'a%3Farchived%3Dtrue%23x'],
    ['spaces and dots', ' v1.2 b ', '%20v1.2%20b%20'],
    ['a backslash', '..\\..', '..%5C..'],
    ['an address', '//evil.example@x:80', '%2F%2Fevil.example%40x%3A80'],
    ['an emoji and an umlaut', '🚀 für', '%F0%9F%9A%80%20f%C3%BCr'],
    ['a prototype’s key', '__proto__', '__proto__'],
    ['another prototype’s key', 'constructor', 'constructor'],
  ])(
    'an upstream id of %s is legal, sent percent-encoded, and read back by id alone',
    async (_, pipelineId, encoded) => {
      const caller = openCaller(gateway);
      const stageId = `${pipelineId}~`;
      const stages = [
        { label: 'A', meta: { probability: 0.5 }, stageId },
        { label: 'B', meta: { probability: 1 } },
      ];
      const created = await mutate(
        caller,
        'createPipeline',
        { objectType: 'deals', label: 'Odd', pipelineId, stages },
        'pipeline { id pipelineId stages { id stageId } }',
      );
      expect(created.errors).toEqual([]);
      expect(created.pipeline).toMatchObject({ pipelineId, stages: [{ stageId }, {}] });
      const { id, stages: ids } = created.pipeline;
      const found = await caller.ask(
        'query ($id: ID!, $stage: ID!) { pipeline(id: $id) { pipelineId } pipelineStage(id: $stage) { stageId pipeline { pipelineId } } }',
        { id, stage: ids[0].id },
      );
      expect(found.data).toEqual({ pipeline: { pipelineId }, pipelineStage: { stageId, pipeline: { pipelineId } } });
      expect(
        (await mutate(caller, 'patchPipelineStage', { id: ids[0].id, label: 'C' }, 'stage { label }')).stage,
      ).toEqual({ label: 'C' });
      expect((await mutate(caller, 'archivePipelineStage', { id: ids[0].id })).errors).toEqual([]);
      expect((await mutate(caller, 'archivePipeline', { id })).errors).toEqual([]);
      const paths = (await caller.requests()).map(({ path }) => path);
      const base = '/crm/pipelines/2026-09/deals';
      const stagePath = `${base}/${encoded}/stages/${encoded}~`;
      expect(new Set(paths)).toEqual(new Set([base, `${base}/${encoded}`, stagePath]));
      expect((await caller.requests()).map(({ status }) => status)).not.toContain(400);
    },
  );

  test('a page after a label of 9,999 characters begins with the next pipeline', async () => {
    const caller = openCaller(gateway);
    const results = ['a', 'b'].map((id) => ({ id, label: `${'\u{20ac}'.repeat(9_998)}${id}` }));
    await caller.fault({ fault: 'wrong-shape', body: { results } });
    const query =
      'query ($after: String) { pipelines(where: { objectTypes: "deals" }, first: 1, after: $after) { nodes { pipelineId } pageInfo { endCursor } } }';
    const first = await caller.ask(query);
    const second = await caller.ask(query, { after: first.data.pipelines.pageInfo.endCursor });
    expect([first, second].map(({ data }) => data.pipelines.nodes)).toEqual([
      [{ pipelineId: 'a' }],
      [{ pipelineId: 'b' }],
    ]);
  });
});
