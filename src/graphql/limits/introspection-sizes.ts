import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';

/** The longest list that each field of introspection gives for a schema, by the field's name. */
export function toIntrospectionSizes(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const directives = schema.getDirectives();
  const fields = types.flatMap((type) => ('getFields' in type ? Object.values(type.getFields()) : []));
  const most = (sizeOf: (type: GraphQLNamedType) => number): number =>
    types.reduce((size, type) => Math.max(size, sizeOf(type)), 0);
  return new Map([
    ['types', types.length],
    ['directives', directives.length],
    ['fields', most((type) => (isObjectType(type) || isInterfaceType(type) ? count(type.getFields()) : 0))],
    ['inputFields', most((type) => (isInputObjectType(type) ? count(type.getFields()) : 0))],
    ['enumValues', most((type) => (isEnumType(type) ? type.getValues().length : 0))],
    ['interfaces', most((type) => (isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().length : 0))],
    ['possibleTypes', most((type) => (isUnionType(type) ? type.getTypes().length : 0))],
    [
      'args',
      [...fields, ...directives].reduce((size, each) => Math.max(size, 'args' in each ? each.args.length : 0), 0),
    ],
  ]);
}

/** How many types a type's reference holds at most: three wrappers, as in [T!]!, and the type itself. */
export const typeReferenceSize = 4;

function count(fields: object): number {
  return Object.keys(fields).length;
}
