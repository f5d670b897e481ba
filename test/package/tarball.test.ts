import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask } from '../support/gateway.ts';
import { run } from './run.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pipeline-gateway-package-'));
const bin = join(folder, 'node_modules/pipeline-gateway/bin/pipeline-gateway.js');
let files: readonly string[];

beforeAll(async () => {
  const report = await run(`npm pack --json --pack-destination "${folder}"`, project);
  // What the build says comes before.
  const [packed] = JSON.parse(report.slice(report.indexOf('[\n')));
  files = packed.files.map(({ path }: { path: string }) => path);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await run(`npm install --no-audit --no-fund "./${packed.filename}"`, folder);
});
afterAll(() => {
  killGateways();
  rmSync(folder, { recursive: true });
});

/** Makes Node say that it is an older one. */
const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.0" } })';
const pretendToBeOld = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];

const start = (options: readonly string[], ...args: string[]) =>
  spawnGateway({}, [...options, bin, ...args], { cwd: folder });

describe('the package, installed', () => {
  test('holds JavaScript, the schema and what says how to use it', () => {
    const folders = new Set(files.map((file) => (file.includes('/') ? `${file.split('/')[0]}/` : file)));
    expect([...folders].sort()).toEqual([
      'LICENSE',
      'README.md',
      'bin/',
      'dist-graphiql/',
      'dist/',
      'package.json',
      'schema/',
    ]);
    expect(files.filter((file) => file.endsWith('.ts'))).toEqual([]);
  });

  test.each([
    ['on Node 24', []],
    ['on an older Node, by handing over to the one that npm brought', pretendToBeOld],
  ])('serves its sandbox %s, and ends with 0 on SIGTERM', async (_, options) => {
    const { ready, child, ended, output } = start(options);
    const { url } = await ready;
    const { data } = await ask(url, { query: '{ pipelines { nodes { label } failures { code } } }' });
    expect(data.pipelines.nodes.length).toBeGreaterThan(0);
    expect(data.pipelines.failures).toEqual([]);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stderr).not.toContain('Warning');
  });

  test('hands arguments over too, and its exit code back', async () => {
    const help = start(pretendToBeOld, '--help');
    expect(await help.ended).toEqual({ code: 0, signal: null });
    expect(help.output.stdout).toContain('Usage: pipeline-gateway');
    expect(await start(pretendToBeOld, '--nothing').ended).toEqual({ code: 1, signal: null });
  });

  test('is found by npx', async () => {
    expect(await run('npx --no -- pipeline-gateway --help', folder)).toContain('Usage: pipeline-gateway');
  });

  test('says what to do on an older Node, where npm brought none', async () => {
    const node = join(folder, 'node_modules/node');
    renameSync(node, `${node}-gone`);
    const { ended, output } = start(pretendToBeOld);
    expect(await ended).toEqual({ code: 1, signal: null });
    renameSync(`${node}-gone`, node);
    expect(output.stderr).toMatch(/^pipeline-gateway needs Node 24 or newer; this is 20\.11\.0, /);
    expect(output.stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});
