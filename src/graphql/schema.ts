import { readdirSync, readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { isUnionType, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { invalidInput, PipelineFault } from '../domain/problems.ts';
import { packageFolder } from '../package/package.ts';
import { resolvers } from '../resolvers/index.ts';
import { withNode } from './node.ts';

/**
 * The SDL in `schema/` with its resolvers, as a subgraph that a router can ask for its SDL and its entities. It has `node` for
 * clients of its own, unless that is not wanted.
 */
export function createSchema({ node }: { readonly node: boolean }): GraphQLSchema {
  const subgraph = buildSubgraphSchema([{ typeDefs: readTypeDefs(), resolvers: resolvers as never }]);
  const schema = node ? withNode(subgraph) : subgraph;
  isolateRepresentations(schema);
  return schema;
}

/** The SDL in `schema/`. */
export function readTypeDefs(): DocumentNode {
  const folder = new URL('schema/', packageFolder);
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return parse(files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n'));
}

/**
 * Resolves each representation on its own. The library's resolver throws for the whole list if one of them names no type of
 * the schema. Routers put what many callers asked for into one list.
 */
function isolateRepresentations(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolveList = field?.resolve;
  if (field === undefined || resolveList === undefined) throw new Error('The schema has no entities.');
  const isEntity = entityTest(schema);
  field.resolve = (parent, { representations }: { representations: readonly unknown[] }, context, info) =>
    representations.map(async (representation, index) => {
      if (!isEntity(representation)) {
        throw new PipelineFault([invalidInput(['representations', String(index)], 'This names no entity type.')]);
      }
      const [entity] = (await resolveList(parent, { representations: [representation] }, context, info)) as unknown[];
      return entity;
    });
}

function entityTest(schema: GraphQLSchema): (representation: unknown) => boolean {
  const union = schema.getType('_Entity');
  const names = new Set<unknown>(isUnionType(union) ? union.getTypes().map(({ name }) => name) : []);
  return (representation) =>
    typeof representation === 'object' &&
    representation !== null &&
    '__typename' in representation &&
    names.has(representation.__typename);
}
