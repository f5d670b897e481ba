import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const manifest = createRequire(import.meta.url).resolve('#package.json');

/** The folder of the package, which is the same whether its sources run or what was built of them in dist/. */
export const packageFolder = new URL('./', pathToFileURL(manifest));
