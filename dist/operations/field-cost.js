import { getDirectiveValues } from 'graphql';
import { maxFirst } from '../connection.js';
/** How long a list is taken to be that the schema says nothing about. */
const assumedListSize = 5;
/** Reads a field's @cost and @listSize, once for each field. */
export function createFieldCosts(schema) {
  const known = new Map();
  return function costOf(field) {
    const cost = known.get(field) ?? readFieldCost(schema, field);
    known.set(field, cost);
    return cost;
  };
}
function readFieldCost(schema, field) {
  const weight = readDirective(schema, field, 'cost')['weight'];
  const listSize = readDirective(schema, field, 'listSize');
  const slicingArguments = toNames(listSize['slicingArguments']);
  const assumedSize = typeof listSize['assumedSize'] === 'number' ? listSize['assumedSize'] : assumedListSize;
  return {
    weight: weight === undefined ? null : Number(weight),
    listSize(args) {
      // A representation is an object of the answer each.
      if (field.name === '_entities' && Array.isArray(args['representations'])) return args['representations'].length;
      const sizes = slicingArguments.map((name) => args[name]).filter((size) => typeof size === 'number');
      // A page that is larger is refused when the field is resolved, and named as what it is.
      return sizes.length === 0 ? assumedSize : Math.min(Math.max(...sizes, 0), maxFirst);
    },
    sizedFields: toNames(listSize['sizedFields']),
  };
}
function readDirective(schema, { astNode }, name) {
  const directive = schema.getDirective(name);
  if (directive === undefined || directive === null || astNode === undefined || astNode === null) return {};
  return getDirectiveValues(directive, astNode) ?? {};
}
function toNames(value) {
  return Array.isArray(value) ? value.map(String) : [];
}
