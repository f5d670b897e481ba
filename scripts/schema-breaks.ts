import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isObjectType, print } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** One change that something which worked before may not survive. */
interface SchemaBreak {
  /** What `schema/intended-breaks.json` names it by. */
  readonly path: string;
  readonly message: string;
}

/** The changes between two SDLs that break clients, or routers and the subgraphs that join on a key. */
export async function findSchemaBreaks(before: string, after: string): Promise<readonly SchemaBreak[]> {
  const [old, current] = [buildSchema(before), buildSchema(after)];
  const changes = await diff(old, current);
  const ofClients = changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ path: path ?? message, message }));
  // To graphql-inspector a directive is no more than dangerous to lose, but without its @key no other subgraph can join a type.
  const kept = new Set(listTypeDirectives(current));
  const ofRouters = listTypeDirectives(old)
    .filter((directive) => !kept.has(directive))
    .map((path) => ({ path, message: 'Routers and other subgraphs rely on this directive' }));
  return [...ofClients, ...ofRouters];
}

/** For example `Stage @key(fields: "id")`. */
function listTypeDirectives(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap(({ name, astNode }) => astNode?.directives?.map((directive) => `${name} ${print(directive)}`) ?? []);
}
