import { expect, test } from 'vitest';
import { readFile } from '../support/documentation.ts';
import { ask, startTestGateway } from '../support/gateway.ts';
import { composers } from './composers.ts';

const pipelines = readFile('schema.graphql');
const deals = readFile('examples/supergraph/deals.graphql');

test.each(composers)(
  '%s composes the gateway with a subgraph that joins on raw ids, and has no remark',
  (_, compose) => {
    expect(compose({ pipelines, deals })).toEqual([]);
  },
);

test('the gateway tells routers the schema that is printed in the repository', async () => {
  const gateway = await startTestGateway();
  const { data } = await ask(gateway.url, { query: '{ _service { sdl } }' });
  await gateway.close();
  expect(`${data._service.sdl}\n`).toBe(pipelines);
});

test('the schema is of federation 2.9 at most, because not every composer knows more', () => {
  const [, minor] = /specs\.apollo\.dev\/federation\/v2\.(\d+)"/.exec(pipelines) ?? [];
  expect(Number(minor)).toBeLessThanOrEqual(9);
});
