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

describe.each(composers)('of the schemas in docs/federation.md, %s', (_, compose) => {
  test.each(readSchemas('subgraph'))('composes the one on line %i with the gateway’s', (_, neighbour) => {
    expect(compose({ pipelines, neighbour })).toEqual([]);
  });

  test.each(readSchemas('conflict'))('does not compose the one on line %i with the gateway’s', (_, neighbour) => {
    expect(compose({ pipelines, neighbour })).not.toEqual([]);
  });

  // What the page says without showing a schema.
  test.each([
    ['does not compose a PageInfo that is not shareable', `type PageInfo { ${pageInfo} }`, 'PageInfo', false],
    [
      'does not compose one with a field more',
      `type PageInfo @shareable { ${pageInfo} pages: Int }`,
      'PageInfo',
      false,
    ],
    ['composes scalars of the same name', 'scalar DateTime scalar JSON', 'DateTime', true],
    ['composes another Stage with our key', 'type Stage @key(fields: "id") { id: ID! thrust: Float }', 'Stage', true],
  ])('%s', (_name, types, used, composes) => {
    const link = 'url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"]';
    const neighbour = `extend schema @link(${link}) type Query { used: ${used} } ${types}`;
    expect(compose({ pipelines, neighbour }).length === 0).toBe(composes);
  });
});
