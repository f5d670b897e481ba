// `npm run schema:print` writes schema.graphql and schema.client.graphql; with `--check` nothing is written, and a file that is
// not fresh fails.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { clientSchemaFile, printClientSchema, printedSchemaFile, printSchema } from './printed-schema.ts';

const files = [
  [printedSchemaFile, printSchema()],
  [clientSchemaFile, printClientSchema()],
] as const;
for (const [file, sdl] of files) {
  if (!process.argv.includes('--check')) {
    writeFileSync(file, sdl);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== sdl) {
    console.error(`${file.pathname.split('/').at(-1)} is not what schema/ says. Run: npm run schema:print`);
    process.exitCode = 1;
  }
}
