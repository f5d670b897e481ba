import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isIntrospectionType,
  isListType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import { collectFields } from './collect-fields.js';
import { createFieldCosts } from './field-cost.js';
const none = { names: [], size: 0 };
/**
 * Makes the estimate of what an operation costs, before anything is resolved: one for each object that its answer can hold,
 * by the schema's @listSize, and the weight of each field that has a @cost. Leaves cost nothing, what is selected twice
 * costs as much as once, and of a union's types the dearest counts.
 */
export function createCostEstimate(schema) {
  const costOf = createFieldCosts(schema);
  const typeCount = Object.keys(schema.getTypeMap()).length;
  return function estimateCost({ document, operation, variables }) {
    const fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
    const facts = { schema, fragments, variables };
    const ofSelection = (type, sets, sized) => {
      if (!isAbstractType(type)) return ofObject(type, sets, sized);
      return Math.max(0, ...schema.getPossibleTypes(type).map((possible) => ofObject(possible, sets, sized)));
    };
    const ofObject = (type, sets, sized) => {
      let cost = 0;
      for (const nodes of collectFields(facts, type, sets).values()) cost += ofField(type, nodes, sized);
      return cost;
    };
    const ofField = (parent, nodes, sized) => {
      const field = findField(schema, parent, nodes[0].name.value);
      if (field === undefined) return 0;
      const { weight, listSize, sizedFields } = costOf(field);
      const type = getNamedType(field.type);
      if (!isCompositeType(type)) return weight ?? 0;
      const size = listSize(getArgumentValues(field, nodes[0], variables));
      const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      const children = ofSelection(type, sets, { names: sizedFields, size });
      // Types refer to types without end, and each is there already.
      if (!isListType(getNullableType(field.type))) return (weight ?? (isIntrospectionType(type) ? 0 : 1)) + children;
      return (weight ?? 0) + readLength(field, size, sized) * (1 + children);
    };
    const readLength = (field, size, sized) => {
      if (field.name === 'types' && isIntrospectionType(getNamedType(field.type))) return typeCount;
      return sized.names.includes(field.name) ? sized.size : size;
    };
    const root = schema.getRootType(operation.operation);
    return root === undefined || root === null ? 0 : ofSelection(root, [operation.selectionSet], none);
  };
}
function findField(schema, parent, name) {
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
}
