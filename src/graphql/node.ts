import { extendSchema, isInterfaceType, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../context/context.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { findNode, toNodeType } from '../resolvers/node.ts';

/**
 * Relay's object identification (https://relay.dev/graphql/objectidentification.htm), for clients of the gateway itself. Any
 * subgraph may have a `Node` of its own, so a supergraph never gets to see this one.
 */
export const nodeTypeDefs = parse(`
  "An object that is found again by its id."
  interface Node {
    "Globally unique, and opaque."
    id: ID!
  }

  extend type Pipeline implements Node
  extend type Stage implements Node

  extend type Query {
    "The pipeline or the stage with this \`id\`; null if there is none."
    node(
      "The opaque \`id\` of a pipeline or a stage."
      id: ID!
    ): Node
  }
`);

/** The schema with `node`, which the SDL that it tells routers does not have. */
export function withNode(schema: GraphQLSchema): GraphQLSchema {
  const extended = extendSchema(schema, nodeTypeDefs);
  const type = extended.getType('Node');
  const field = extended.getQueryType()?.getFields()['node'];
  if (!isInterfaceType(type) || field === undefined) throw new Error('The schema has no Node.');
  type.resolveType = (node: Pipeline | Stage) => toNodeType(node);
  field.resolve = (_, { id }: { id: string }, context: Context) => findNode(id, context);
  return extended;
}
