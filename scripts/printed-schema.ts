import { graphqlSync } from 'graphql';
import { createSchema } from '../src/graphql/schema.ts';

/** Where the schema is kept as routers get it, for people, for editors and for `npm run schema:check`. */
export const printedSchemaFile = new URL('../schema.graphql', import.meta.url);

/** The subgraph's SDL, to the letter what `_service { sdl }` answers. */
export function printSchema(): string {
  const { data, errors } = graphqlSync({ schema: createSchema(), source: '{ _service { sdl } }' });
  const sdl = (data as { readonly _service?: { readonly sdl: string } } | null | undefined)?._service?.sdl;
  if (sdl === undefined) throw new Error('The schema does not tell its SDL.', { cause: errors });
  return `${sdl}\n`;
}
