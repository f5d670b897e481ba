import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';

/** How the client preset of GraphQL Code Generator is told to make ids. */
type PersistedDocuments = true | { readonly hashAlgorithm: 'sha1' | 'sha256' };

/** The path of the manifest that a frontend's build leaves for its operations, in a new folder in `folder`. */
export async function buildManifest(
  folder: string,
  operations: string,
  persistedDocuments: PersistedDocuments = { hashAlgorithm: 'sha256' },
): Promise<string> {
  const own = mkdtempSync(join(folder, 'build-'));
  const documents = join(own, 'operations.graphql');
  writeFileSync(documents, operations);
  await generate(
    {
      schema: 'schema/*.graphql',
      documents,
      silent: true,
      generates: {
        [`${own}/gql/`]: {
          preset: 'client',
          presetConfig: { persistedDocuments },
          config: { scalars: { _FieldSet: 'string' } },
        },
      },
    },
    true,
  );
  return join(own, 'gql', 'persisted-documents.json');
}
