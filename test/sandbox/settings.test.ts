import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { readSandboxSettings } from '../../sandbox/settings.ts';

describe('variables of the sandbox', () => {
  test('the sandbox’s variables have defaults, and an empty one counts as absent', () => {
    const defaults = readSandboxSettings({});
    expect(defaults).toMatchObject({ port: 4010, latencyMs: 0, faults: [], rateLimitDaily: 0 });
    expect(defaults).not.toHaveProperty('databasePath');
    expect(defaults).not.toHaveProperty('v1Sunset');
    expect(readSandboxSettings({ SANDBOX_PORT: '', SANDBOX_DB: '' })).toEqual(defaults);
  });

  test('the sandbox’s variables are read', () => {
    expect(
      readSandboxSettings({
        SANDBOX_PORT: '0',
        SANDBOX_DB: 'file.db',
        SANDBOX_RATE_LIMIT_TEN_SECONDLY: '190',
        SANDBOX_RATE_LIMIT_DAILY: '1000',
        SANDBOX_LATENCY_MS: '20',
        SANDBOX_FAULTS: '[{"fault":"hang","match":{"method":"get"}}]',
        SANDBOX_V1_SUNSET: '2026-12-04',
        SANDBOX_EMPTY_404_CONTENT_TYPE: 'text/plain',
        SANDBOX_LABEL_LIMIT: '0',
        SANDBOX_UNKNOWNS: '{"ties":"by label","lateReads":2}',
      }),
    ).toMatchObject({
      port: 0,
      databasePath: 'file.db',
      rateLimitTenSecondly: 190,
      rateLimitDaily: 1000,
      latencyMs: 20,
      faults: [{ fault: 'hang', when: 'before', match: { method: 'GET' } }],
      v1Sunset: '2026-12-04',
      empty404ContentType: 'text/plain',
      labelLimit: 0,
      unknowns: { ties: 'by label', lateReads: 2 },
    });
  });

  test('the sandbox’s variables that are wrong are all named at once', () => {
    const wrong = {
      SANDBOX_PORT: '70000',
      SANDBOX_LATENCY_MS: '-1',
      SANDBOX_RATE_LIMIT_DAILY: 'many',
      SANDBOX_V1_SUNSET: '2026-13-04',
      SANDBOX_FAULTS: '[{"fault":"nix"}]',
      SANDBOX_UNKNOWNS: '{"ties":"nix"}',
    };
    for (const name of Object.keys(wrong)) expect(() => readSandboxSettings(wrong)).toThrow(name);
    expect(() => readSandboxSettings({ SANDBOX_FAULTS: '{' })).toThrow('SANDBOX_FAULTS: must be JSON');
  });
});

describe('the sandbox’s command', () => {
  const start = (env: Record<string, string>) =>
    spawn(process.execPath, ['sandbox/main.ts'], { env: { ...process.env, ...env }, stdio: 'pipe' });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'the sandbox’s command says in one line where it is, and ends with 0 on %s',
    async (signal) => {
      const child = start({ SANDBOX_PORT: '0' });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line.toString())![0];
      expect(line.toString().trimEnd().split('\n')).toHaveLength(1);
      expect((await fetch(`${url}/__sandbox/requests`)).status).toBe(200);
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  test('the sandbox’s command names what is wrong and ends with 1', async () => {
    const child = start({ SANDBOX_PORT: 'x' });
    const [line] = (await once(child.stderr, 'data')) as [Buffer];
    expect(line.toString()).toContain('SANDBOX_PORT');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
