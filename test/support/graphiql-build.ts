import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds GraphiQL where the install has not done so, or its source was changed since. */
export async function provideGraphiql(): Promise<void> {
  const built = await changedAt('dist-graphiql/index.html');
  const sources = await readdir(`${root}/graphiql`, { recursive: true });
  const changes = await Promise.all(sources.map((path) => changedAt(`graphiql/${path}`)));
  if (Math.max(...changes) <= built) return;
  // With the NODE_ENV of a test, vite would build React's development version.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, ['scripts/prepare.js'], { cwd: root, env });
}

/** Milliseconds since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  return stat(`${root}/${path}`).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
