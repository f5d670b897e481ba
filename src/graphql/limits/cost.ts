import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { collectFields } from './collect-fields.ts';
import type { FieldNodes, SelectionFacts } from './collect-fields.ts';
import { createFieldCosts } from './field-cost.ts';
import type { KnownSizes } from './field-cost.ts';

/** An operation of a valid document, with its variables coerced. */
interface Operation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What an estimate works with. */
interface Facts extends SelectionFacts {
  readonly costOf: ReturnType<typeof createFieldCosts>;
}

/** How many items the fields of these names have, because the field above them says so. */
interface SizedFields {
  readonly names: readonly string[];
  readonly size: number;
}

const none: SizedFields = { names: [], size: 0 };

/**
 * Makes the estimate of what an operation costs, before anything is resolved. Each object that its answer can hold costs one,
 * by what is known of its lists, and each field with a @cost its weight. Leaves cost nothing, what is selected twice costs as
 * much as once, and of a union's types the dearest counts.
 */
export function createCostEstimate(schema: GraphQLSchema, sizes: KnownSizes): (operation: Operation) => number {
  const costOf = createFieldCosts(schema, sizes);
  return function estimateCost({ document, operation, variables }) {
    const fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
    const root = schema.getRootType(operation.operation);
    if (root === undefined || root === null) return 0;
    return toObjectCost({ schema, fragments, variables, costOf }, root, [operation.selectionSet], none);
  };
}

function toCost(
  facts: Facts,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  sized: SizedFields,
): number {
  if (!isAbstractType(type)) return toObjectCost(facts, type, sets, sized);
  return Math.max(0, ...facts.schema.getPossibleTypes(type).map((one) => toObjectCost(facts, one, sets, sized)));
}

function toObjectCost(
  facts: Facts,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  sized: SizedFields,
): number {
  let cost = 0;
  for (const nodes of collectFields(facts, type, sets).values()) {
    const field = findField(facts.schema, type, nodes[0].name.value);
    if (field !== undefined) cost += toFieldCost(facts, field, nodes, sized);
  }
  return cost;
}

function toFieldCost(
  facts: Facts,
  field: GraphQLField<unknown, unknown>,
  nodes: FieldNodes,
  sized: SizedFields,
): number {
  const { weight, listSize, sizedFields } = facts.costOf(field);
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return weight ?? 0;
  const size = listSize(readArguments(field, nodes[0], facts.variables));
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const children = toCost(facts, type, sets, { names: sizedFields, size });
  if (isListType(getNullableType(field.type))) {
    const length = sized.names.includes(field.name) ? sized.size : size;
    return (weight ?? 0) + length * (1 + children);
  }
  return (weight ?? 1) + children;
}

/** None if one does not fit its type. A null in the place of a default is found only now, and is that field's own error. */
function readArguments(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Operation['variables']) {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}

function findField(
  schema: GraphQLSchema,
  parent: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
}
