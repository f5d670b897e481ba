import { afterEach, describe, expect, test } from 'vitest';
import { openCaller } from '../support/caller.ts';
import { keptForAMinute, startTestGateway } from '../support/gateway.ts';
import type { TestGateway, TestGatewayOptions } from '../support/gateway.ts';
import { salesPipelineId as id } from '../support/seed.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';
import { scrape, scrapeOne } from './samples.ts';

const one = `{ pipeline(id: "${id}") { label } }`;

let gateway: TestGateway;
afterEach(() => gateway.close());

async function open(resilience: TestGatewayOptions['resilience'] = {}) {
  gateway = await startTestGateway({ sources: (url) => [forwardingHubSpotAt(url)], resilience });
}

describe('metrics of sources', () => {
  test('the metrics show what was answered from what is kept', async () => {
    await open({ cache: keptForAMinute });
    const caller = openCaller(gateway);
    // Each text is another one, so that no answer is kept for it.
    for (let asked = 0; asked < 3; asked += 1) await caller.ask(`${one} # ${asked}`);
    expect(await scrapeOne(gateway.url, 'store_reads_total')).toEqual([
      { labels: { result: 'hit' }, value: 2 },
      { labels: { result: 'stale' }, value: 0 },
      { labels: { result: 'miss' }, value: 1 },
    ]);
  });

  test('the metrics show when the version of a source ends, if its upstream has said so', async () => {
    gateway = await startTestGateway();
    expect(await scrapeOne(gateway.url, 'api_version_end_timestamp_seconds')).toEqual([
      { labels: { source: 'hubspot-v1', version: 'v1' }, value: Date.UTC(2026, 11, 4) / 1000 },
    ]);
  });

  test('the metrics show the circuit to a source that fails', async () => {
    await open();
    const stateOf = async () =>
      (await scrapeOne(gateway.url, 'circuit_state')).find(({ value }) => value === 1)?.labels;
    expect(await stateOf()).toEqual({ source: 'hubspot', state: 'CLOSED' });
    await gateway.sandbox.fault({ fault: 'status', status: 500 });
    for (let asked = 0; asked < 12; asked += 1) await openCaller(gateway).ask(one);
    expect(await stateOf()).toEqual({ source: 'hubspot', state: 'OPEN' });
  });

  test('the metrics show what the caller with the fewest requests left has left, and never whose it is', async () => {
    await open();
    const callers = [openCaller(gateway), openCaller(gateway)];
    for (const [caller, remaining] of [
      [callers[0]!, 40],
      [callers[1]!, 70],
    ] as const) {
      const limits = { max: '100', 'interval-milliseconds': '10000', daily: '1000' };
      const left = { remaining: `${remaining}`, 'daily-remaining': `${remaining * 5}` };
      const headers = Object.fromEntries(
        Object.entries({ ...limits, ...left }).map(([name, value]) => [`x-hubspot-ratelimit-${name}`, value]),
      );
      await caller.fault({ fault: 'drip', ms: 0, headers });
      await caller.ask(one);
    }
    const expected = [
      { labels: { source: 'hubspot', policy: 'TEN_SECONDLY_ROLLING' }, value: 40 },
      { labels: { source: 'hubspot', policy: 'DAILY' }, value: 200 },
    ];
    const shown = await scrapeOne(gateway.url, 'rate_limit_remaining');
    expect(shown).toHaveLength(2);
    expect(shown).toEqual(expect.arrayContaining(expected));
    const all = JSON.stringify(await scrape(gateway.url));
    for (const { token } of callers) expect(all).not.toContain(token);
  });
});
