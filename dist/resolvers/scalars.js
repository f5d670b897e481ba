import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
/** Instants: checked and brought to one form where they come in; going out they are in that form already. */
export const dateTime = new GraphQLScalarType({
  name: 'DateTime',
  serialize: String,
  parseValue: (value) => toText(GraphQLDateTime.parseValue(value)),
  parseLiteral: (node, variables) => toText(GraphQLDateTime.parseLiteral(node, variables)),
});
/** Any JSON value. */
export const json = GraphQLJSON;
function toText(instant) {
  if (instant instanceof Date) return instant.toISOString();
  throw new GraphQLError('DateTime wants an instant in RFC 3339 form.');
}
