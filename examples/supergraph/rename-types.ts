import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { isTypeDefinitionNode, isTypeExtensionNode, Kind, visit } from 'graphql';
import type { ASTNode, DocumentNode } from 'graphql';

/** Names that types of a subgraph get in the supergraph, by the names that they have in the subgraph. */
export type TypeNames = ReadonlyMap<string, string>;

/** A schema or an operation with its types under their new names. */
export function renameTypes(document: DocumentNode, names: TypeNames): DocumentNode {
  return visit(document, {
    enter(node: ASTNode) {
      if (node.kind !== Kind.NAMED_TYPE && !isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) return undefined;
      const value = names.get(node.name.value);
      return value === undefined ? undefined : { ...node, name: { ...node.name, value } };
    },
  });
}

/** Lets a subgraph keep names that clash with another's: Hive Gateway speaks its words to it, and hears the supergraph's. */
export function renameOnTheWay(subgraph: string, names: TypeNames): GatewayPlugin {
  const own: TypeNames = new Map([...names].map(([name, renamed]) => [renamed, name]));
  return {
    onSubgraphExecute(call) {
      if (call.subgraphName !== subgraph) return undefined;
      const { executionRequest } = call;
      call.setExecutionRequest({
        ...executionRequest,
        document: renameTypes(executionRequest.document, own),
        variables: renameTypenames(executionRequest.variables, own),
      });
      return (answer) => {
        const { result } = answer;
        if ('data' in result) answer.setResult({ ...result, data: renameTypenames(result.data, names) });
      };
    },
  };
}

/** The same value with each `__typename` in it under its new name: in representations, and in answers. */
function renameTypenames<T>(value: T, names: TypeNames): T {
  return JSON.parse(JSON.stringify(value ?? null), (key, part: unknown) =>
    key === '__typename' && typeof part === 'string' ? (names.get(part) ?? part) : part,
  ) as T;
}
