import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { connectSources } from '../../../src/sources/connect.ts';
import type { ResilienceSettings } from '../../../src/sources/resilience.ts';
import type { Call } from '../../../src/sources/source.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { forwardingHubSpotAt } from '../../support/sources.ts';
import { startUpstream } from '../../support/test-upstream.ts';
import { toHubSpotList } from '../../torture/accounts.ts';

const long = 3_600_000;
const megabyte = 1024 * 1024;
const forAnHour = { ...usualTimes, freshMs: long, staleMs: long, staleOnErrorMs: long, maxBytes: megabyte };

/** A source whose upstream gives every credential the same list, and what the store holds after so many of them. */
async function connect(list: string, cache: ResilienceSettings['cache']) {
  const upstream = await startUpstream((_, response) => void response.end(list));
  const settings = [forwardingHubSpotAt(upstream.url)];
  const log = pino({ level: 'silent' });
  const connected = connectSources(settings, { cache, circuitRetryMs: 100, redisUrl: null, deadlineMs: 10_000, log });
  onTestFinished(async () => {
    await connected.close();
    upstream.close();
  });
  const [source] = connected.sources;
  const [objectType] = source?.objectTypes ?? [];
  if (source === undefined || objectType === undefined) throw new Error('There is no source.');
  const read = async (first: number, last: number): Promise<void> => {
    for (let at = first; at < last; at += 50) {
      const callers = Array.from({ length: Math.min(50, last - at) }, (_, index) =>
        toCall(`credential-${String(at + index).padStart(5, '0')}`),
      );
      await Promise.all(callers.map((call) => source.listPipelines(objectType, { includeArchived: false }, call)));
    }
  };
  return { read, size: () => connected.cache.size(), received: upstream.received };
}

function toCall(hash: string): Call {
  return {
    credential: { token: hash, hash },
    signal: AbortSignal.timeout(60_000),
    timeLeftMs: () => 60_000,
    reading: 'stored',
    isBackground: false,
    noteStale: () => {},
    noteKept: () => {},
    missed: [],
    noteWriteLeft: () => {},
    observer: { begin: () => ({ headers: {}, end: () => {} }) },
  };
}

test('the store holds no more bytes than it is set to, however many credentials read, and of each as much as it takes', async () => {
  const { read, size } = await connect(toHubSpotList(2, 5), forAnHour);
  await read(0, 1);
  const { bytes: each } = size();
  await read(1, 1_000);
  const early = size();
  expect(early.bytes).toBeLessThanOrEqual(megabyte);
  expect(early.entries).toBe(Math.floor(megabyte / each));
  await read(1_000, 3_000);
  const { entries, bytes } = size();
  expect([entries, Math.round(bytes / 10_000)]).toEqual([early.entries, Math.round(early.bytes / 10_000)]);
}, 120_000);

test('long texts count with their length', async () => {
  const [short, long9000] = await Promise.all(
    ['', 'x'.repeat(9_000)].map((text) => connect(toHubSpotList(2, 5, text), forAnHour)),
  );
  await Promise.all([short?.read(0, 1), long9000?.read(0, 1)]);
  const more = (long9000?.size().bytes ?? 0) - (short?.size().bytes ?? 0);
  // Two pipelines and ten stages.
  expect(Math.abs(more - 12 * 9_000)).toBeLessThan(1_000);
});

test('a store of no seconds keeps nothing', async () => {
  const { read, size, received } = await connect(toHubSpotList(2, 5), { ...forAnHour, freshMs: 0 });
  await read(0, 10);
  await read(0, 10);
  expect(size()).toMatchObject({ entries: 0, bytes: 0 });
  expect(received()).toBe(20);
});
