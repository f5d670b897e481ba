import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { compareV1 } from '../../src/comparison/compare-v1.ts';
import { sourceSettings } from '../../src/sources/index.ts';
import { useFolder } from '../support/folder.ts';
import { gatewayCommand, killGateways, spawnGateway } from '../support/gateway-process.ts';
import { importPipeline } from './import-pipeline.ts';

const folder = useFolder();
let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox({ port: 0 })));
afterAll(() => {
  killGateways();
  return sandbox.close();
});

/** A source of either kind at the sandbox; what one token sees, another one does not. */
function sourceAt(kind: string, token: string, more: object = {}) {
  const credential = { mode: 'static', token };
  return sourceSettings.parse({ kind, name: kind, url: sandbox.url, credential, ...more });
}

const compare = (...sources: ReturnType<typeof sourceAt>[]) =>
  compareV1(sources, { deadlineMs: 10_000, circuitRetryMs: 1000 });

const renewals = {
  id: 'renewals',
  label: 'Renewals',
  displayOrder: 3,
  stages: [
    { id: 'asked', label: 'Asked', displayOrder: 0, metadata: { isClosed: 'false', probability: '0.2' } },
    { id: 'won', label: 'Won', displayOrder: 1, metadata: { isClosed: 'true', probability: '1.0', leadState: 'A' } },
  ],
};

async function run(env: Record<string, string>) {
  const { ended, output } = spawnGateway(env, [...gatewayCommand, '--compare-v1']);
  const { code } = await ended;
  return { code, ...output };
}

describe('the comparison of v1 with the version after it', () => {
  test('one portal agrees with itself, whatever its pipelines look like, and the exit code is 0', async () => {
    await importPipeline(sandbox.url, 'same', 'deals', renewals);
    await importPipeline(sandbox.url, 'same', 'deals', { ...renewals, id: 'Odd Id', label: 'x'.repeat(300) });
    const { text, exitCode } = await compare(sourceAt('hubspot-v1', 'same'));
    expect(text).toContain(
      'v1 and 2026-09 of "hubspot-v1"\n  deals\n    agrees   "Sales Pipeline" (default), 7 stages\n',
    );
    expect(text).toContain('    agrees   "Renewals" (renewals), 2 stages\n');
    expect(text).toMatch(/\n\nThey agree: 4 pipelines, 15 stages\.$/);
    expect(exitCode).toBe(0);
  });

  test('each difference of two accounts has a line that says what it is, and the exit code is 1', async () => {
    await importPipeline(sandbox.url, 'old', 'deals', renewals);
    await importPipeline(sandbox.url, 'old', 'deals', { ...renewals, id: 'gone', label: 'Gone', stages: [] });
    await importPipeline(sandbox.url, 'new', 'deals', { ...renewals, id: 'come', label: 'Come', stages: [] });
    await importPipeline(sandbox.url, 'new', 'deals', {
      ...renewals,
      displayOrder: 4,
      stages: [
        { id: 'won', label: 'Closed', displayOrder: 0, metadata: { probability: '0.9', leadState: 'B' } },
        { id: 'later', label: 'Later', displayOrder: 1, metadata: { probability: '0.1' } },
      ],
    });
    const { text, exitCode } = await compare(sourceAt('hubspot-v1', 'old'), sourceAt('hubspot', 'new'));
    expect(text.split('\n')).toEqual([
      'v1 and 2026-09 of "hubspot-v1" and "hubspot"',
      '  deals',
      '    differs  "Gone" (gone), 0 stages',
      '      - is at v1 only',
      '    differs  "Renewals" (renewals), 2 stages',
      '      - displayOrder is 3 at v1, 4 at 2026-09',
      '      - stage "Asked" (asked): is at v1 only',
      '      - stage "Won" (won): label is "Won" at v1, "Closed" at 2026-09',
      '      - stage "Won" (won): displayOrder is 1 at v1, 0 at 2026-09',
      '      - stage "Won" (won): probability is 1.0 at v1, 0.9 at 2026-09',
      '      - stage "Later" (later): is at 2026-09 only',
      '      - stage "Won" (won): metadata leadState is A at v1, B at 2026-09',
      '    differs  "Come" (come), 0 stages',
      '      - is at 2026-09 only',
      '    agrees   "Sales Pipeline" (default), 7 stages',
      '  tickets',
      '    agrees   "Support Pipeline" (0), 4 stages',
      '',
      'They differ, in 3 of 5 pipelines.',
    ]);
    expect(exitCode).toBe(1);
  });

  test('an inactive pipeline that the later version does not show is a note, not a difference', async () => {
    await importPipeline(sandbox.url, 'inactive', 'deals', { ...renewals, archived: true });
    const { text, exitCode } = await compare(sourceAt('hubspot-v1', 'inactive'));
    expect(text).toContain(
      'agrees   "Renewals" (renewals), 2 stages\n      (is inactive at v1, and not shown by 2026-09)\n',
    );
    expect(exitCode).toBe(0);
  });

  test('a pipeline that is active at one of the two only differs', async () => {
    await importPipeline(sandbox.url, 'half-old', 'deals', { ...renewals, archived: true });
    await importPipeline(sandbox.url, 'half-new', 'deals', renewals);
    const { text, exitCode } = await compare(sourceAt('hubspot-v1', 'half-old'), sourceAt('hubspot', 'half-new'));
    expect(text).toContain('      - archived is true at v1, false at 2026-09\n');
    expect(exitCode).toBe(1);
  });

  test('an object type that the later source does not serve differs', async () => {
    const current = sourceAt('hubspot', 'same', { objectTypes: ['deals'] });
    const { text, exitCode } = await compare(sourceAt('hubspot-v1', 'same'), current);
    expect(text).toContain(
      '  tickets\n    differs  its object type is not among those of the source of the later version',
    );
    expect(exitCode).toBe(1);
  });

  test('what is printed has an end, and no characters that control a terminal', async () => {
    const stages = Array.from({ length: 60 }, (_, index) => ({
      id: `s${index}`,
      label: `\u001b[2J\u202e${index}${'x'.repeat(1000)}`,
      displayOrder: index,
      metadata: { probability: '0.2' },
    }));
    for (let index = 0; index < 105; index += 1) {
      const label = `\u0007${index}${'y'.repeat(5000)}`;
      await importPipeline(sandbox.url, 'large', 'deals', { ...renewals, id: `p${index}`, label, stages });
      await importPipeline(sandbox.url, 'empty', 'deals', { ...renewals, id: `p${index}`, label, stages: [] });
    }
    const { text } = await compare(sourceAt('hubspot-v1', 'large'), sourceAt('hubspot', 'empty'));
    expect(text.split('\n').filter((line) => line.startsWith('    differs'))).toHaveLength(101);
    expect(text).toContain('      - … and 40 more\n');
    expect(text).toContain('    differs  … and 5 more\n');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    expect(text.length).toBeLessThan(100 * 21 * 250);
  });
});

describe('which sources are compared', () => {
  test('a source of v1 goes with the source of its account', async () => {
    const accounts = ['one', 'two'].flatMap((account) => [
      sourceAt('hubspot-v1', account, { name: `${account}-v1`, account }),
      sourceAt('hubspot', account, { name: account, account }),
    ]);
    const { text } = await compare(...accounts);
    expect(text.match(/^v1 and .*/gm)).toEqual([
      'v1 and 2026-09 of "one-v1" and "one"',
      'v1 and 2026-09 of "two-v1" and "two"',
    ]);
  });

  test('with no source of v1, as after the switch, v1 is read with the settings of the new source', async () => {
    const current = sourceAt('hubspot', 'same', { name: 'crm', objectTypes: ['deals', '2-3465404'] });
    const { text, exitCode } = await compare(current);
    expect(text).toMatch(/^v1 and 2026-09 of "crm"\n {2}deals\n/);
    expect(exitCode).toBe(0);
  });

  test('without a source of HubSpot nothing is compared, and the exit code is 2', async () => {
    expect(await compare()).toEqual({ text: 'No source is of HubSpot with deals or tickets.', exitCode: 2 });
  });
});

// Each of these waits for processes, so they wait side by side.
describe.concurrent('--compare-v1', () => {
  test('--compare-v1 needs no configuration: it compares the sandbox, and exits with 0', async () => {
    const { code, stdout, stderr } = await run({});
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\n\nThey agree: 2 pipelines, 11 stages\.\n$/);
  });

  test('--compare-v1 exits with 1 if the tokens of v1 and of the later version see different data, and prints neither', async () => {
    await importPipeline(sandbox.url, 'token-of-v1', 'deals', renewals);
    const { code, stdout, stderr } = await run({
      HUBSPOT_TOKEN: 'token-of-2026',
      HUBSPOT_URL: sandbox.url,
      HUBSPOT_V1_TOKEN: 'token-of-v1',
      HUBSPOT_V1_URL: sandbox.url,
    });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('"Renewals" (renewals), 2 stages\n      - is at v1 only\n');
    expect(stdout).not.toContain('token-of');
  });

  test('--compare-v1 exits with 2 once v1 has ended', async () => {
    const { code, stdout } = await run({ SANDBOX_V1_SUNSET: '2026-01-01' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/unread {3}v1 could not be read: .*(no such list|ended on 2026-12-04) \(status 410\)\.\n/);
    expect(stdout).toMatch(/\nNot everything could be read, so nothing is proven\.\n$/);
  });

  test('--compare-v1 exits with 2 on a configuration that cannot be used, and on an argument beside it', async () => {
    const { code, stderr } = await run({ HUBSPOT_V1_TOKEN: 'a token', PORT: 'x' });
    expect(code).toBe(2);
    expect(stderr.match(/^- \w+/gm)).toEqual(['- PORT', '- HUBSPOT_V1_TOKEN']);
    const { ended } = spawnGateway({}, [...gatewayCommand, '--compare-v1', '--nothing']);
    expect((await ended).code).toBe(2);
  });

  test('--compare-v1 exits with 2 if a source is called with each caller’s own token, as it has no caller', async () => {
    const source = {
      name: 'crm',
      kind: 'hubspot-v1',
      url: sandbox.url,
      credential: { mode: 'forward', header: 'x-token' },
    };
    const { code, stdout } = await run({ GATEWAY_SOURCES: folder.write({ sources: [source] }) });
    expect(code).toBe(2);
    expect(stdout).toContain(`Source "crm" wants the caller's own upstream token in the header x-token.`);
  });
});
