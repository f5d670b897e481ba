// `npm run schema:print` writes schema.graphql; with `--check` nothing is written, and a file that is not fresh fails.
import { readFileSync, writeFileSync } from 'node:fs';
import { printedSchemaFile, printSchema } from './printed-schema.ts';

const sdl = printSchema();
if (!process.argv.includes('--check')) {
  writeFileSync(printedSchemaFile, sdl);
} else if (readFileSync(printedSchemaFile, 'utf8') !== sdl) {
  console.error('schema.graphql is not what schema/ says. Run: npm run schema:print');
  process.exitCode = 1;
}
