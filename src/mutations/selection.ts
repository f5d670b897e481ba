import { getNamedType, isObjectType } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';

/** The fields that the caller selected of a payload, by their names in the schema: a write is read back only where they ask for it. */
export function readSelection({
  schema,
  fragments,
  variableValues,
  returnType,
  fieldNodes,
}: GraphQLResolveInfo): ReadonlySet<string> {
  const payload = getNamedType(returnType);
  if (!isObjectType(payload)) return new Set();
  const fields = collectSubfields(schema, fragments, variableValues, payload, fieldNodes);
  return new Set([...fields.values()].map(([node]) => node?.name.value ?? ''));
}
