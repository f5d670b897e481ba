import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { request } from 'undici';
import { renameTypes } from './rename-types.ts';
import type { TypeNames } from './rename-types.ts';

/** A subgraph by the name that the supergraph has for it, and where it answers GraphQL. */
interface Subgraph {
  readonly name: string;
  readonly url: string;
  /** Where names of its types clash with another subgraph's. */
  readonly typeNames?: TypeNames;
}

/** The SDL of the supergraph, from what each subgraph says of itself. Throws with every reason why they do not compose. */
export async function composeSupergraph(subgraphs: readonly Subgraph[]): Promise<string> {
  const services = await Promise.all(
    subgraphs.map(async ({ typeNames = new Map(), ...subgraph }) => ({
      ...subgraph,
      typeDefs: renameTypes(parse(await fetchSdl(subgraph)), typeNames),
    })),
  );
  const result = composeServices(services);
  assertCompositionSuccess(result);
  return result.supergraphSdl;
}

async function fetchSdl({ name, url }: Subgraph): Promise<string> {
  const { body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const answer = (await body.json()) as { readonly data?: { readonly _service: { readonly sdl: string } } };
  if (answer.data === undefined) throw new Error(`The subgraph ${name} does not tell its SDL.`);
  return answer.data._service.sdl;
}
