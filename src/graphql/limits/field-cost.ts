import { getDirectiveValues, getNamedType, isIntrospectionType } from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { maxFirst } from '../../queries/pagination.ts';
import { toIntrospectionSizes, typeReferenceSize } from './introspection-sizes.ts';

/** What the schema says about the cost of a field. */
interface FieldCost {
  /** Of @cost; null where there is none. */
  readonly weight: number | null;
  /** How many items there can be, where the field has these arguments. */
  readonly listSize: (args: Readonly<Record<string, unknown>>) => number;
  /** The fields below it that hold the list, where it is no list itself. */
  readonly sizedFields: readonly string[];
}

/** How long lists can be of which the configuration knows more than the schema, by the fields' names. */
export interface KnownSizes {
  readonly stages: number;
}

/** How long a list is taken to be that nobody says anything about. */
const assumedListSize = 5;

/** Reads a field's @cost and @listSize, once for each field. */
export function createFieldCosts(
  schema: GraphQLSchema,
  sizes: KnownSizes,
): (field: GraphQLField<unknown, unknown>) => FieldCost {
  const facts: Facts = { schema, sizes, introspectionSizes: toIntrospectionSizes(schema) };
  const known = new Map<GraphQLField<unknown, unknown>, FieldCost>();
  return function costOf(field) {
    const cost = known.get(field) ?? readFieldCost(facts, field);
    known.set(field, cost);
    return cost;
  };
}

interface Facts {
  readonly schema: GraphQLSchema;
  readonly sizes: KnownSizes;
  readonly introspectionSizes: ReadonlyMap<string, number>;
}

function readFieldCost(facts: Facts, field: GraphQLField<unknown, unknown>): FieldCost {
  if (isIntrospectionType(getNamedType(field.type))) return toIntrospectionCost(facts, field);
  const weight = readDirective(facts.schema, field, 'cost')['weight'];
  const listSize = readDirective(facts.schema, field, 'listSize');
  const slicingArguments = toNames(listSize['slicingArguments']);
  const assumedSize = typeof listSize['assumedSize'] === 'number' ? listSize['assumedSize'] : assumedListSize;
  const knownSize = field.name === 'stages' ? facts.sizes.stages : null;
  return {
    weight: weight === undefined ? null : Number(weight),
    listSize(args) {
      // Each representation is an object of the answer.
      if (field.name === '_entities' && Array.isArray(args['representations'])) return args['representations'].length;
      // A null means what leaving the argument out means.
      const sizes = slicingArguments
        .map((name) => args[name] ?? field.args.find((argument) => argument.name === name)?.defaultValue)
        .filter((size) => typeof size === 'number');
      // A page that is larger is refused when the field is resolved, and named as what it is.
      return sizes.length === 0 ? (knownSize ?? assumedSize) : Math.min(Math.max(...sizes, 0), maxFirst);
    },
    sizedFields: toNames(listSize['sizedFields']),
  };
}

/** Nothing counts introspection while it runs, so its cost is never less than what it takes. */
function toIntrospectionCost({ introspectionSizes }: Facts, { name }: GraphQLField<unknown, unknown>): FieldCost {
  const size = introspectionSizes.get(name) ?? assumedListSize;
  // The wrappers of a type are counted with the reference to it.
  const weights: Readonly<Record<string, number>> = { type: typeReferenceSize, ofType: 0 };
  return { weight: weights[name] ?? null, listSize: () => size, sizedFields: [] };
}

function readDirective(schema: GraphQLSchema, { astNode }: GraphQLField<unknown, unknown>, name: string) {
  const directive = schema.getDirective(name);
  if (directive === undefined || directive === null || astNode === undefined || astNode === null) return {};
  return getDirectiveValues(directive, astNode) ?? {};
}

function toNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
