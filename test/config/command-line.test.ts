import { afterAll, describe, expect, test } from 'vitest';
import { CommandLineError, readCommand } from '../../src/config/command-line.ts';
import type { Command } from '../../src/config/command-line.ts';
import { settings } from '../../src/config/variables.ts';
import { readFile } from '../support/documentation.ts';
import { useFolder } from '../support/folder.ts';
import { gatewayCommand, killGateways, spawnGateway } from '../support/gateway-process.ts';

const secret = '5ec2e7-0f-7he-0w4e2';
const folder = useFolder();
afterAll(killGateways);

/** Runs the gateway with arguments, to its end. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const { ended, output } = spawnGateway(env, [...gatewayCommand, ...args]);
  const { code } = await ended;
  return { code, ...output };
}

// Each of these waits for processes, so they wait side by side.
describe.concurrent('the command line', () => {
  test('--help explains every variable, and starts nothing', async () => {
    const { code, stdout, stderr } = await run(['--help'], { PORT: 'x' });
    expect([code, stderr]).toEqual([0, '']);
    for (const { name, description } of Object.values(settings).flat()) {
      expect(description).not.toBe('');
      expect(stdout).toContain(`  ${name}\n      ${description}`);
    }
  });

  test('--print-config shows what a start would use, and that a secret is set', async () => {
    const credential = { mode: 'static', token: '${TOKEN}' };
    const file = folder.write({ sources: [{ name: 'portal', kind: 'hubspot', credential }] });
    const { code, stdout, stderr } = await run(['--print-config'], {
      PORT: '4567',
      TOKEN: secret,
      GATEWAY_SOURCES: file,
      GATEWAY_API_KEYS: `web:${secret}:pipelines:read`,
      GATEWAY_SDL_SECRET: secret,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain(secret);
    expect(JSON.parse(stdout)).toMatchObject({
      settings: {
        HOST: '127.0.0.1',
        PORT: '4567',
        GATEWAY_API_KEYS: '(hidden)',
        GATEWAY_SDL_SECRET: '(hidden)',
        GATEWAY_JWT_JWKS: null,
      },
      sources: [{ name: 'portal', apiVersion: '2026-09', credential: { mode: 'static', token: '(hidden)' } }],
    });
  });

  test('--version prints the version, and starts nothing', async () => {
    const version = JSON.parse(readFile('package.json')).version;
    expect(await run(['--version'], { PORT: 'x' })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('--print-config shows no password of any URL', async () => {
    const url = 'https://collector:5ec2e7-pa55@traces.example.com/v1';
    const { stdout } = await run(['--print-config'], { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    const shown = 'https://collector:(hidden)@traces.example.com/v1';
    expect(JSON.parse(stdout).settings).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: shown });
    expect(stdout).not.toContain('5ec2e7-pa55');
  });

  test('--print-config shows the sandbox’s settings where nothing is configured', async () => {
    const { stdout } = await run(['--print-config'], { SANDBOX_LATENCY_MS: '20' });
    expect(JSON.parse(stdout)).toMatchObject({
      settings: { SANDBOX_LATENCY_MS: '20', SANDBOX_V1_SUNSET: null },
      sources: [],
    });
  });

  test('--print-config says what is wrong, as a start does', async () => {
    const { code, stdout, stderr } = await run(['--print-config'], { GATEWAY_API_KEYS: secret });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The configuration cannot be used:\n- GATEWAY_API_KEYS: [^\n]+\n$/);
    expect(stderr).not.toContain(secret);
  });

  test('an argument that there is not is refused in one line', async () => {
    const stderr = "Unknown option '--prot'. --help says what there is.\n";
    expect(await run(['--prot=4000'])).toEqual({ code: 1, stdout: '', stderr });
  });
});

test.each<[string[], Command]>([
  [[], 'start'],
  [['-h'], 'help'],
  [['-v'], 'version'],
  [['--print-config', '--help'], 'help'],
  [['--compare-v1'], 'compare-v1'],
  [['--compare-v1', '--print-config'], 'print-config'],
])('the arguments %j mean: %s', (args, command) => {
  expect(readCommand(args)).toBe(command);
});

test.each([['start'], ['--help=yes'], ['--print-config', 'x']])('the arguments %s are refused', (...args) => {
  expect(() => readCommand(args)).toThrow(CommandLineError);
});
