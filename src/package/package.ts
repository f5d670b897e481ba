import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const manifest = require.resolve('#package.json');

/** The folder of the package, which is the same whether its sources run or what was built of them in dist/. */
export const packageFolder = new URL('./', pathToFileURL(manifest));

/** The package's version, as package.json has it. */
export const packageVersion: string = require('#package.json').version;
