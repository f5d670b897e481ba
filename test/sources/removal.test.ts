import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['hubspot', 'hubspot-v1', 'organization'];

test('the gateway compiles without the folder of a source and its lines in the list of kinds', async () => {
  const copies = await mkdtemp(join(tmpdir(), 'without-a-source-'));
  try {
    await Promise.all(['node_modules', 'package.json'].map((name) => symlink(join(root, name), join(copies, name))));
    for (const folder of folders) await copyWithout(folder, join(copies, `no-${folder}`));
    const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'));
    const include = folders.map((folder) => `no-${folder}/src`);
    await writeFile(join(copies, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
    expect(await compile(copies)).toBe('');
  } finally {
    await rm(copies, { recursive: true });
  }
});

/** Copies the code, and the sandbox that it starts, without a source: the lines are those with a name that came from its folder. */
async function copyWithout(folder: string, copy: string): Promise<void> {
  await Promise.all(['src', 'sandbox'].map((name) => cp(join(root, name), join(copy, name), { recursive: true })));
  await rm(join(copy, 'src/sources', folder), { recursive: true });
  const listFile = join(copy, 'src/sources/index.ts');
  const lines = (await readFile(listFile, 'utf8')).split('\n');
  const names = lines
    .filter((line) => line.includes(`'./${folder}/`))
    .flatMap((line) => /\{ (.*) \}/.exec(line)?.[1]?.split(', ') ?? []);
  const rest = lines.filter((line) => !names.some((name) => new RegExp(`\\b${name}\\b`).test(line)));
  expect(names).not.toEqual([]);
  await writeFile(listFile, rest.join('\n'));
}

/** What the compiler finds. */
async function compile(folder: string): Promise<string> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  return promisify(execFile)(process.execPath, [compiler, '--pretty', 'false'], { cwd: folder }).then(
    ({ stdout }) => stdout,
    (error: unknown) => String((error as { readonly stdout?: string }).stdout),
  );
}
