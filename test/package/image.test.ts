import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask } from '../support/gateway.ts';
import { buildImage } from './image.ts';
import type { Image } from './image.ts';

let image: Image;
beforeAll(async () => {
  image = await buildImage(fileURLToPath(new URL('../..', import.meta.url)));
});
afterAll(() => {
  killGateways();
  image.remove();
});

/** Somebody with no rights at all, for whom the whole file system is read-only; only root can become somebody else. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

function start(env: Record<string, string>) {
  const [node = '', ...args] = image.command;
  const options = { node, cwd: image.workingDirectory, ...nobody };
  return spawnGateway({ ...image.environment, PORT: '0', ...env }, args, options);
}

async function checkHealth(PORT: string): Promise<number | null> {
  const [node = '', ...args] = image.healthCheck;
  const child = spawn(node, args, { cwd: image.workingDirectory, env: { ...image.environment, PORT }, ...nobody });
  const [code] = await once(child, 'close');
  return code as number | null;
}

const key = 'key-of-web-of-the-image';

describe('the image', () => {
  test('the image holds what runs, and nothing that only builds or tests', () => {
    expect(readdirSync(image.workingDirectory).sort()).toEqual([
      'dist',
      'dist-graphiql',
      'node_modules',
      'package.json',
      'schema',
    ]);
    for (const name of ['typescript', 'vitest', 'oxlint', 'node', '@graphql-codegen/cli']) {
      expect(existsSync(join(image.workingDirectory, 'node_modules', name))).toBe(false);
    }
    expect(image.user).not.toBe('root');
  });

  test('the image refuses to serve invented data, and the network while nobody says who gets in', async () => {
    const { ended, output } = start({});
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output.stderr).toMatch(/^The configuration cannot be used:\n- HOST: [^\n]+\n- GATEWAY_SOURCES: [^\n]+\n$/);
  });

  test('the image serves whom it lets in as a user without rights, is healthy until it is stopped, and ends with 0', async () => {
    const { ready, child, ended, output } = start({
      GATEWAY_SANDBOX: 'true',
      GATEWAY_API_KEYS: `web:${key}:pipelines:read`,
    });
    const { port } = new URL((await ready).url);
    const url = `http://127.0.0.1:${port}`;
    const query = { query: '{ pipelines { nodes { label } failures { code } } }' };
    expect((await ask(url, query)).status).toBe(401);
    const { data } = await ask(url, query, { 'x-api-key': key });
    expect(data.pipelines.nodes.length).toBeGreaterThan(0);
    expect(data.pipelines.failures).toEqual([]);
    expect(await checkHealth(port)).toBe(0);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(output.stderr).not.toContain('Warning');
    expect(await checkHealth(port)).toBe(1);
  });
});
