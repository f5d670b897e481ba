import { hash } from 'node:crypto';
import { z } from 'zod';
import { hashPrefix } from './trusted-documents.ts';

/** What a manifest says, and everything that is wrong with it, a sentence for each problem. */
interface ReadManifest {
  /** Each id with its text. */
  readonly entries: readonly (readonly [id: string, text: string])[];
  readonly problems: readonly string[];
}

const apolloFormat = 'apollo-persisted-query-manifest';
const apolloManifest = z.looseObject({
  format: z.literal(apolloFormat),
  version: z.literal(1),
  operations: z.array(z.unknown()),
});
const apolloOperation = z.looseObject({ id: z.string().min(1), body: z.string().min(1) });

/**
 * Reads the manifest that a frontend's build has written. It has texts by their ids, from GraphQL Code Generator's client
 * preset or Relay's compiler, or is Apollo's list of operations.
 */
export function readManifest(json: string): ReadManifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refuse('the file is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(`must be ${wanted}`);
  return checkHashes('format' in value ? readApolloManifest(value) : readTextsByIds(value));
}

const wanted = `an object of texts by their ids, or of the format ${apolloFormat}`;

function refuse(...problems: readonly string[]): ReadManifest {
  return { entries: [], problems };
}

function readTextsByIds(value: object): ReadManifest {
  const all = Object.entries<unknown>(value as Readonly<Record<string, unknown>>);
  const entries = all.flatMap(([id, text]) => (typeof text === 'string' ? [[id, text] as const] : []));
  const wrong = all.filter(([, text]) => typeof text !== 'string').map(([id]) => JSON.stringify(id));
  return {
    entries,
    problems: wrong.length === 0 ? [] : [`must be ${wanted}; of ${wrong.join(', ')} there is no text`],
  };
}

function readApolloManifest(value: object): ReadManifest {
  const manifest = apolloManifest.safeParse(value);
  if (!manifest.success) return refuse(`must be of the format ${apolloFormat}, version 1, with a list of operations`);
  const read = manifest.data.operations.map((operation) => apolloOperation.safeParse(operation).data);
  return {
    entries: read.flatMap((operation) => (operation === undefined ? [] : [[operation.id, operation.body] as const])),
    problems: read.flatMap((operation, index) =>
      operation === undefined ? [`operation ${index + 1} of ${read.length} must have an id and a body`] : [],
    ),
  };
}

function checkHashes({ entries, problems }: ReadManifest): ReadManifest {
  const wrong = entries.filter(
    ([id, text]) => id.startsWith(hashPrefix) && id !== `${hashPrefix}${hash('sha256', text)}`,
  );
  return { entries, problems: [...problems, ...wrong.map(([id]) => `"${id}" is not the hash of its text`)] };
}
