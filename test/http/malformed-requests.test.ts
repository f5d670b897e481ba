import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendRaw, toRequest } from '../support/raw-http.ts';
import { times } from '../support/times.ts';
import { useGateway } from '../support/use-gateway.ts';

const gateway = useGateway({ env: { GATEWAY_CORS_ORIGINS: 'https://a.example' } });
beforeEach(() => gateway.sandbox.emptyLog());
afterEach(async () => {
  // Whatever it was, it reached no upstream, was no surprise, and the next one is answered.
  expect(await gateway.sandbox.requests()).toEqual([]);
  expect(gateway.logLines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
});

const host = 'host: gateway';
const json = 'content-type: application/json';
const query = (text: string) => JSON.stringify({ query: text });
const post = (body: string | Buffer, ...headers: string[]) =>
  toRequest('POST /graphql HTTP/1.1', [host, ...(headers.length === 0 ? [json] : headers)], body);
const get = (parameters: Record<string, string>, ...headers: string[]) =>
  toRequest(`GET /graphql?${new URLSearchParams(parameters).toString()} HTTP/1.1`, [host, ...headers]);

const list = '{ pipelines { totalCount } }';
const deep = `{ pipelines { nodes ${'{ stages { pipeline '.repeat(1000)}{ id }${' } }'.repeat(1000)} } }`;
const write = 'mutation { archivePipeline(input: { id: "x" }) { errors { code } } }';
const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));

const bad = 'BAD_REQUEST';
const complex = 'OPERATION_TOO_COMPLEX';
const notParsed = 'GRAPHQL_PARSE_FAILED';
const notValid = 'GRAPHQL_VALIDATION_FAILED';

test.each<[string, Buffer, number, string]>([
  ['fields in fields, 2,000 times', post(query(deep)), 400, complex],
  ['lists in lists, half a million times', post(query(`{ pipeline(id: ${'['.repeat(500_000)}`)), 400, complex],
  ['braces that are never closed', post(query('{a'.repeat(5000))), 400, complex],
  ['a wide selection', post(query(`{ pipelines { nodes { ${'label '.repeat(7000)} } } }`)), 400, complex],
  ['thousands of aliases', post(query(`{ ${times(4000, (i) => `a${i}: __typename`)} }`)), 400, complex],
  ['thousands of directives', post(query(`{ __typename ${'@skip(if: false) '.repeat(2000)} }`)), 400, complex],
  ['a megabyte of names', post(query(`{ ${'a '.repeat(500_000)} }`)), 400, complex],
  ['a megabyte of comments', post(query(`${'#\n'.repeat(330_000)}${list}`)), 400, complex],
  [
    'a thousand introspections',
    post(query(`{ ${times(150, (i) => `a${i}: __schema { types { fields { name } } }`)} }`)),
    400,
    complex,
  ],
  [
    'introspection in itself',
    post(query(`{ __schema { types ${'{ fields { type '.repeat(8)}{ name }${' } }'.repeat(8)} } }`)),
    400,
    notValid,
  ],
  ['a fragment in itself', post(query('{ ...A } fragment A on Query { ...A }')), 400, notValid],
  [
    'fragments in a circle',
    post(query('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')),
    400,
    notValid,
  ],
  [
    'fragments that double 60 times',
    post(
      query(
        `{ ...F0 } ${times(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F60 on Query { __typename }`,
      ),
    ),
    400,
    complex,
  ],
  [
    'fragments in a chain of thousands',
    post(
      query(
        `{ ...F0 } ${times(1500, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F1500 on Query { __typename }`,
      ),
    ),
    400,
    complex,
  ],
  [
    'a variable as deep as the stack',
    post(
      `{"query":"query ($id: ID!) { pipeline(id: $id) { id } }","variables":{"id":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
    ),
    400,
    complex,
  ],
  [
    'a page beyond all bounds, with its audit',
    post(query('{ pipelines(first: 2147483647) { nodes { audit(first: 500) { nodes { id } } } } }')),
    400,
    complex,
  ],
  ['a subscription', post(query('subscription { pipelines { totalCount } }')), 400, notValid],
  [
    'an unknown operation',
    post(JSON.stringify({ query: list, operationName: 'Other' })),
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  ['a schema for a query', post(query('type A { a: Int }')), 400, notValid],
  ['a syntax error', post(query('{ pipelines {')), 400, notParsed],
  ['a null byte in the query', post(query('{ \0 }')), 400, notParsed],
  ['a lone surrogate in the query', post('{"query":"{ \\ud800 }"}'), 400, notParsed],

  [
    'a body above a megabyte',
    post(JSON.stringify({ query: list, more: 'x'.repeat(1_100_000) })),
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  ['a body of 4 GB, as it says', post('{', json, 'content-length: 4294967296'), 413, 'PAYLOAD_TOO_LARGE'],
  [
    'a body in pieces without end',
    toRequest(
      'POST /graphql HTTP/1.1',
      [host, json, 'transfer-encoding: chunked'],
      `200000\r\n${'x'.repeat(0x200000)}\r\n0\r\n\r\n`,
    ),
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  ['no body', post(''), 400, bad],
  ['half a body', post('{"query":'), 400, bad],
  ['a body that is text', post('hello'), 400, bad],
  ['null', post('null'), 400, bad],
  ['a number', post('1'), 400, bad],
  ['an empty object', post('{}'), 400, bad],
  ['an empty batch', post('[]'), 400, bad],
  ['a batch', post(`[${Array(1000).fill(query(list)).join()}]`), 400, bad],
  ['brackets, half a million', post(`${'['.repeat(500_000)}${']'.repeat(500_000)}`), 400, bad],
  ['a query that is an object', post(JSON.stringify({ query: { kind: 'Document' } })), 400, bad],
  ['variables in a text', post(JSON.stringify({ query: list, variables: '{}' })), 400, bad],
  ['__proto__ as a key', post('{"query":"{ __typename }","__proto__":{"query":"x"}}'), 400, bad],
  ['__proto__ as a variable', post('{"query":"{ __typename }","variables":{"__proto__":{"a":1}}}'), 400, bad],
  [
    '__proto__ deep in a variable',
    post('{"query":"{ __typename }","variables":{"a":[{"b":{"\\u005f_proto__":1}}]}}'),
    400,
    bad,
  ],
  [
    'constructor.prototype in extensions',
    post('{"query":"{ __typename }","extensions":{"constructor":{"prototype":{"a":1}}}}'),
    400,
    bad,
  ],
  [
    'a hash that is an object',
    post('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":{"a":1}}}}'),
    200,
    'PERSISTED_QUERY_NOT_FOUND',
  ],

  ['UTF-16', post(Buffer.from(query(list), 'utf16le'), 'content-type: application/json; charset=utf-16'), 415, bad],
  ['UTF-16 that is called UTF-8', post(Buffer.from(`\ufeff${query(list)}`, 'utf16le')), 400, bad],
  ['Latin 1', post(Buffer.from(query('{ pipeline(id: "é") { id } }'), 'latin1')), 400, bad],
  ['a gzip bomb', post(bomb, json, 'content-encoding: gzip'), 415, bad],
  ['a gzip bomb that is called JSON', post(bomb), 400, bad],
  ['an encoding that there is not', post(query(list), json, 'content-encoding: zstd, br'), 415, bad],
  [
    'text/plain, as a form of another site sends it',
    post(query(write), 'content-type: text/plain', 'origin: https://evil.example'),
    415,
    bad,
  ],
  [
    'a form of another site',
    post(`query=${encodeURIComponent(write)}`, 'content-type: application/x-www-form-urlencoded'),
    415,
    bad,
  ],
  [
    'a form with files',
    post(
      `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${query(write)}\r\n--b--\r\n`,
      'content-type: multipart/form-data; boundary=b',
    ),
    415,
    bad,
  ],
  ['no content type', post(query(write), 'accept: */*'), 415, bad],
  ['a content type that is none', post(query(write), 'content-type: ;;;'), 415, bad],
  ['two content types', post(query(write), 'content-type: text/plain', json), 415, bad],
  [
    'a content type that JSON is hidden in',
    post(query(write), 'content-type: text/plain; a=application/json'),
    415,
    bad,
  ],

  ['a write by GET', get({ query: write }), 405, bad],
  ['a read by GET, from a page of another site', get({ query: list }, 'sec-fetch-site: cross-site'), 400, bad],
  ['a read by GET, from a page of an old browser', get({ query: list }, 'origin: https://evil.example'), 400, bad],
  [
    'a query twice',
    toRequest(`GET /graphql?query=${encodeURIComponent(list)}&query=%7Ba%7D HTTP/1.1`, [host]),
    400,
    bad,
  ],
  ['variables that are no JSON', get({ query: list, variables: '{' }), 400, bad],
  ['extensions that are no JSON', get({ query: list, extensions: '[' }), 400, bad],
  ['nothing by GET', get({}), 400, bad],
  ['a long URL', get({ query: `{ a(b: "${'x'.repeat(30_000)}") }` }), 431, bad],
  ['PUT', toRequest('PUT /graphql HTTP/1.1', [host, json], query(list)), 405, bad],
  ['DELETE', toRequest('DELETE /graphql HTTP/1.1', [host]), 405, bad],
  ['TRACE', toRequest('TRACE /graphql HTTP/1.1', [host]), 405, bad],
  ['PROPFIND', toRequest('PROPFIND /graphql HTTP/1.1', [host]), 405, bad],
  ['a method that there is not', toRequest('HACK /graphql HTTP/1.1', [host]), 400, bad],

  ['a null byte in the path', toRequest('GET /graphql\0 HTTP/1.1', [host]), 400, bad],
  ['a path that is badly encoded', toRequest('GET /graphql/%zz HTTP/1.1', [host]), 400, bad],
  ['two lengths', post(query(list), json, 'content-length: 5', 'content-length: 6'), 400, bad],
  ['a length and pieces', post('0\r\n\r\n', json, 'content-length: 5', 'transfer-encoding: chunked'), 400, bad],
  ['a length that is no number', post(query(list), json, 'content-length: x'), 400, bad],
  ['a header with a null byte', post(query(list), json, 'x-api-key: a\0b'), 400, bad],
  ['a header over two lines', post(query(list), json, 'x-api-key: a\r\n b'), 400, bad],
  ['a header without a name', post(query(list), json, ': a'), 400, bad],
  ['a header of 100 KB', post(query(list), json, `x-api-key: ${'a'.repeat(100_000)}`), 431, bad],
  ['thousands of headers', post(query(list), json, ...Array.from({ length: 5000 }, (_, i) => `x-${i}: a`)), 431, bad],
  ['a deadline in words', post(query(list), json, 'x-deadline-ms: soon'), 400, 'BAD_USER_INPUT'],
  ['two deadlines', post(query(list), json, 'x-deadline-ms: 1', 'x-deadline-ms: 2'), 400, 'BAD_USER_INPUT'],
  ['an answer in a form that there is not', post(query('{ __typename }'), json, 'accept: text/html'), 406, bad],
  ['something else than HTTP', Buffer.from('\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 'latin1'), 400, bad],
  ['a HTTP that there is not', toRequest('GET /graphql HTTP/9.9', [host]), 400, bad],
])(
  'a malformed request is refused by its code, and is told nothing of the inside: %s',
  async (_, bytes, status, code) => {
    const answer = await sendRaw(gateway.url, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatch(/^content-type: application\/json/im);
    const { errors, data } = JSON.parse(answer.body);
    expect(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual([code]);
    expect(data).toBeUndefined();
    expect(answer.body).not.toMatch(/node_modules|\.[jt]s:\d/);
  },
);

test.each<[string, Buffer, string]>([
  ['HTTP/1.0', toRequest('POST /graphql HTTP/1.0', [json], query('{ __typename }')), 'Query'],
  [
    'a host that is none',
    toRequest('POST /graphql HTTP/1.1', ['host: [a b]:x', json], query('{ __typename }')),
    'Query',
  ],
  [
    'content types that differ in form',
    post(query('{ __typename }'), 'content-type: APPLICATION/JSON ; charset="UTF-8"'),
    'Query',
  ],
  ['an encoding that changes nothing', post(query('{ __typename }'), json, 'content-encoding: identity'), 'Query'],
  [
    'variables that are not used',
    post('{"query":"{ __typename }","variables":{"constructor":1,"toString":{},"hasOwnProperty":null}}'),
    'Query',
  ],
  [
    '__proto__ in the variables of a GET',
    get({ query: '{ __typename }', variables: '{"__proto__":{"a":1}}' }),
    'Query',
  ],
])('%s changes nothing about an answer', async (_, bytes, typename) => {
  const answer = await sendRaw(gateway.url, bytes);
  expect(JSON.parse(answer.body)).toEqual({ data: { __typename: typename } });
  expect(({} as { a?: number }).a).toBeUndefined();
});

test.each<[string, Buffer, number]>([
  ['a path that there is not', toRequest('GET /admin HTTP/1.1', [host]), 404],
  ['a path beside it', toRequest('POST /graphql/ HTTP/1.1', [host, json], query(list)), 404],
  ['a path by dots', toRequest('GET /health/../graphql HTTP/1.1', [host]), 404],
  ['an encoded null byte', toRequest('GET /graphql%00 HTTP/1.1', [host]), 404],
])('a path that leads nowhere is answered with a short text: %s', async (_, bytes, status) => {
  const answer = await sendRaw(gateway.url, bytes);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
});

test('the gateway is no proxy: a connection to somewhere else is closed', async () => {
  const { status } = await sendRaw(
    gateway.url,
    toRequest('CONNECT evil.example:443 HTTP/1.1', ['host: evil.example:443']),
  );
  expect(status).toBeNull();
});

test('a request without a host is no HTTP/1.1', async () => {
  expect((await sendRaw(gateway.url, toRequest('POST /graphql HTTP/1.1', [json], query(list)))).status).toBe(400);
});
