import { getDirectiveValues, getNamedType, isIntrospectionType } from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { maxFirst } from '../../queries/pagination.ts';

/** What the schema says about the cost of a field. */
interface FieldCost {
  /** Of @cost; null where there is none. */
  readonly weight: number | null;
  /** How many items are expected, by @listSize, where the field has these arguments. */
  readonly listSize: (args: Readonly<Record<string, unknown>>) => number;
  /** The fields below it that hold the list, where it is no list itself. */
  readonly sizedFields: readonly string[];
}

/** How long a list is taken to be that the schema says nothing about. */
const assumedListSize = 5;

/** Reads a field's @cost and @listSize, once for each field. */
export function createFieldCosts(schema: GraphQLSchema): (field: GraphQLField<unknown, unknown>) => FieldCost {
  const known = new Map<GraphQLField<unknown, unknown>, FieldCost>();
  return function costOf(field) {
    const cost = known.get(field) ?? readFieldCost(schema, field);
    known.set(field, cost);
    return cost;
  };
}

function readFieldCost(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): FieldCost {
  const weight = readDirective(schema, field, 'cost')['weight'];
  const listSize = readDirective(schema, field, 'listSize');
  const slicingArguments = toNames(listSize['slicingArguments']);
  const assumedSize = typeof listSize['assumedSize'] === 'number' ? listSize['assumedSize'] : assumedListSize;
  const isTypeList = field.name === 'types' && isIntrospectionType(getNamedType(field.type));
  const typeCount = Object.keys(schema.getTypeMap()).length;
  return {
    weight: weight === undefined ? null : Number(weight),
    listSize(args) {
      if (isTypeList) return typeCount;
      // Each representation is an object of the answer.
      if (field.name === '_entities' && Array.isArray(args['representations'])) return args['representations'].length;
      const sizes = slicingArguments.map((name) => args[name]).filter((size) => typeof size === 'number');
      // A page that is larger is refused when the field is resolved, and named as what it is.
      return sizes.length === 0 ? assumedSize : Math.min(Math.max(...sizes, 0), maxFirst);
    },
    sizedFields: toNames(listSize['sizedFields']),
  };
}

function readDirective(schema: GraphQLSchema, { astNode }: GraphQLField<unknown, unknown>, name: string) {
  const directive = schema.getDirective(name);
  if (directive === undefined || directive === null || astNode === undefined || astNode === null) return {};
  return getDirectiveValues(directive, astNode) ?? {};
}

function toNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
