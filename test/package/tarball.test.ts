import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask } from '../support/gateway.ts';
import { run } from './run.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pipeline-gateway-package-'));
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const name = `pipeline-gateway-${manifest.version}`;
const bin = join(folder, 'node_modules/pipeline-gateway/bin/pipeline-gateway.js');
let files: readonly string[];

beforeAll(async () => {
  await run(`.ci/pack "${folder}"`, project);
  const list = await run(`tar --list --gzip --file ${name}.tgz`, folder);
  files = list
    .trim()
    .split('\n')
    .map((path) => path.replace('package/', ''));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await run(`npm install --no-audit --no-fund ./${name}.tgz`, folder);
});
afterAll(() => {
  killGateways();
  rmSync(folder, { recursive: true });
});

/** A part of a bill of materials. */
interface Component {
  readonly name: string;
  readonly version: string;
}

/** Makes Node say that it is an older one. */
const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.0" } })';
const pretendToBeOld = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];

const start = (options: readonly string[], ...args: string[]) =>
  spawnGateway({}, [...options, bin, ...args], { cwd: folder });

describe('the package, installed', () => {
  test('the package holds JavaScript, the schema and what says how to use it', () => {
    const folders = new Set(files.map((file) => (file.includes('/') ? `${file.split('/')[0]}/` : file)));
    expect([...folders].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'bin/',
      'dist-graphiql/',
      'dist/',
      'docs/',
      'package.json',
      'schema/',
    ]);
    expect(files.filter((file) => file.endsWith('.ts'))).toEqual([]);
  });

  test.each([
    ['on Node 24', []],
    ['on an older Node, by handing over to the one that npm brought', pretendToBeOld],
  ])('the package serves its sandbox %s, and ends with 0 on SIGTERM', async (_, options) => {
    const { ready, child, ended, output } = start(options);
    const { url } = await ready;
    const { data } = await ask(url, { query: '{ pipelines { nodes { label } failures { code } } }' });
    expect(data.pipelines.nodes.length).toBeGreaterThan(0);
    expect(data.pipelines.failures).toEqual([]);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stderr).not.toContain('Warning');
  });

  test('the package hands arguments over to the newer Node, and its exit code back', async () => {
    const help = start(pretendToBeOld, '--help');
    expect(await help.ended).toEqual({ code: 0, signal: null });
    expect(help.output.stdout).toContain('Usage: pipeline-gateway');
    expect(await start(pretendToBeOld, '--nothing').ended).toEqual({ code: 1, signal: null });
  });

  test('the package compares v1 with the version after it, on the sandbox that it has', async () => {
    const { ended, output } = start(pretendToBeOld, '--compare-v1');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stdout).toMatch(/^v1 and 2026-09 of "hubspot-v1"\n.*\n\nThey agree: /s);
  });

  test('the package is found by npx', async () => {
    expect(await run('npx --no -- pipeline-gateway --help', folder)).toContain('Usage: pipeline-gateway');
  });

  test('the package says what to do on an older Node if npm brought no newer one', async () => {
    const node = join(folder, 'node_modules/node');
    renameSync(node, `${node}-gone`);
    const { ended, output } = start(pretendToBeOld);
    expect(await ended).toEqual({ code: 1, signal: null });
    renameSync(`${node}-gone`, node);
    expect(output.stderr).toMatch(/^pipeline-gateway needs Node 24 or newer; this is 20\.11\.0, /);
    expect(output.stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('a release', () => {
  test('a release has a bill of materials of all that is installed with it, and of nothing else', () => {
    const { metadata, components } = JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), 'utf8'));
    expect(metadata.component).toMatchObject({ name: 'pipeline-gateway', version: manifest.version });
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
    const installed = Object.entries<{ version: string; dev?: boolean }>(packages)
      .filter(([path, { dev = false }]) => path !== '' && !dev)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`);
    expect(new Set(components.map((component: Component) => `${component.name}@${component.version}`))).toEqual(
      new Set(installed),
    );
  });

  test('a release is refused if its tag is not that of the version', async () => {
    await expect(run(`.ci/pack "${folder}" v999.0.0`, project)).rejects.toThrow('The tag v999.0.0 is not that of');
  });
});
