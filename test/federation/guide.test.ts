import { describe, expect, test } from 'vitest';
import { readFile } from '../support/documentation.ts';
import { composers } from './composers.ts';

const pipelines = readFile('schema.graphql');
const page = readFile('docs/federation.md');
const pageInfo = 'hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String';

/** The schemas of one kind on the page, by the line that they begin on. */
function readSchemas(kind: string): readonly (readonly [number, string])[] {
  return [...page.matchAll(new RegExp(`^\`\`\`graphql ${kind}\n(.*?)^\`\`\`$`, 'gms'))].map((block) => [
    page.slice(0, block.index).split('\n').length + 1,
    block[1] ?? '',
  ]);
}

describe.each(composers)('the schemas in docs/federation.md, by %s', (_, compose) => {
  test.each(readSchemas('subgraph'))(
    'the schema on line %i of docs/federation.md composes with the gateway’s',
    (_, neighbour) => {
      expect(compose({ pipelines, neighbour })).toEqual([]);
    },
  );

  test.each(readSchemas('conflict'))(
    'the schema on line %i of docs/federation.md does not compose with the gateway’s',
    (_, neighbour) => {
      expect(compose({ pipelines, neighbour })).not.toEqual([]);
    },
  );

  // What the page says without showing a schema.
  test.each([
    ['a PageInfo that is not shareable does not compose', `type PageInfo { ${pageInfo} }`, 'PageInfo', false],
    [
      'a PageInfo with a field more does not compose',
      `type PageInfo @shareable { ${pageInfo} pages: Int }`,
      'PageInfo',
      false,
    ],
    ['scalars of the same name compose', 'scalar DateTime scalar JSON', 'DateTime', true],
    ['another Stage with our key composes', 'type Stage @key(fields: "id") { id: ID! thrust: Float }', 'Stage', true],
  ])('%s, as docs/federation.md says', (_name, types, used, composes) => {
    const link = 'url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"]';
    const neighbour = `extend schema @link(${link}) type Query { used: ${used} } ${types}`;
    expect(compose({ pipelines, neighbour }).length === 0).toBe(composes);
  });
});
