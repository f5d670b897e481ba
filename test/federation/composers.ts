import { composeServices } from '@apollo/composition';
import * as guild from '@theguild/federation-composition';
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition';
import { parse } from 'graphql';

/** What a composer says of subgraphs, by name: every reason why they do not compose, and every hint. */
type Composer = (subgraphs: Readonly<Record<string, string>>) => readonly string[];

/** The composers that routers of today come with. */
export const composers: readonly (readonly [string, Composer])[] = [
  [
    '@apollo/composition',
    (subgraphs) => {
      const { errors = [], hints = [] } = composeServices(toServices(subgraphs));
      return [...errors, ...hints].map(({ message }) => message);
    },
  ],
  [
    '@theguild/federation-composition',
    (subgraphs) => {
      const { errors = [] } = guild.composeServices(toServices(subgraphs));
      return errors.map(({ message }) => message);
    },
  ],
  [
    '@wundergraph/composition',
    (subgraphs) => {
      const result = federateSubgraphs({
        subgraphs: toServices(subgraphs).map(({ typeDefs, ...subgraph }) => ({ ...subgraph, definitions: typeDefs })),
        version: LATEST_ROUTER_COMPATIBILITY_VERSION,
      });
      return [...(result.success ? [] : result.errors), ...result.warnings].map(({ message }) => message);
    },
  ],
];

function toServices(subgraphs: Readonly<Record<string, string>>) {
  return Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}/graphql`,
    typeDefs: parse(sdl),
  }));
}
