import {
  buildASTSchema,
  concatAST,
  graphqlSync,
  parse,
  printSchema as print,
  specifiedDirectives,
  visit,
} from 'graphql';
import { nodeTypeDefs } from '../src/graphql/node.ts';
import { createSchema, readTypeDefs } from '../src/graphql/schema.ts';

/** Where the schema is kept as routers get it, for people, for editors and for `npm run schema:check`. */
export const printedSchemaFile = new URL('../schema.graphql', import.meta.url);

/** The subgraph's SDL, to the letter what `_service { sdl }` answers. */
export function printSchema(): string {
  const { data, errors } = graphqlSync({ schema: createSchema({ node: true }), source: '{ _service { sdl } }' });
  const sdl = (data as { readonly _service?: { readonly sdl: string } } | null | undefined)?._service?.sdl;
  if (sdl === undefined) throw new Error('The schema does not tell its SDL.', { cause: errors });
  return `${sdl}\n`;
}

/** Where the schema is kept as clients see it, for their tools: without what only routers need, and with `node`. */
export const clientSchemaFile = new URL('../schema.client.graphql', import.meta.url);

/** The clients' SDL, which names no directive but GraphQL's own. */
export function printClientSchema(): string {
  const known = new Set(specifiedDirectives.map(({ name }) => name));
  // The parts of the SDL extend these two.
  const roots = parse('type Query type Mutation');
  const document = visit(concatAST([roots, readTypeDefs(), nodeTypeDefs]), {
    Directive: ({ name }) => (known.has(name.value) ? undefined : null),
    SchemaExtension: () => null,
  });
  return `${print(buildASTSchema(document, { assumeValidSDL: true }))}\n`;
}
