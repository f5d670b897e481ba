import { getNamedType, isObjectType } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';

/** The payload's fields that the caller selected, by their names in the schema. A write is read back only if they ask for it. */
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
