import { expect, test } from 'vitest';
import { PipelineFault } from '../../../src/domain/problems.ts';
import type { Call } from '../../../src/sources/source.ts';
import { createMemoryWindowLog } from '../../../src/sources/upstream/rate-window.ts';
import { createUpstream } from '../../../src/sources/upstream/upstream.ts';
import { unexplained } from '../../../src/sources/upstream/rejection.ts';
import { refusingUrl } from '../../support/stuck-upstreams.ts';
import { startUpstream } from '../../support/test-upstream.ts';
import { noSubject } from '../../../src/sources/upstream/subject.ts';

const retryPolicy = { delaysMs: new Map([[423, 10]]), lastingLimits: [] };

/** Makes one write at `url`: what was noted of it, how often it looked again, and its fault. */
async function write(url: string, beforeResend: () => Promise<void> = async () => {}) {
  const noted = { sends: -1, looks: 0 };
  const upstream = createUpstream(
    {
      sourceName: 'crm',
      baseUrl: url,
      readRejection: () => unexplained,
      apiVersion: { name: '1', sunsetAt: null },
      retryPolicy,
      probe: { path: ['probe'] },
    },
    { windowLog: createMemoryWindowLog(), circuitRetryMs: 10_000 },
  );
  const call: Call = {
    credential: { token: 'one', hash: 'one' },
    signal: AbortSignal.timeout(5_000),
    timeLeftMs: () => 5_000,
    reading: 'alone',
    isBackground: false,
    noteWriteLeft: () => {},
    noteStale: () => {},
    noteKept: () => {},
    missed: [],
    observer: { begin: () => ({ headers: {}, end: () => {} }) },
    beforeResend: async () => {
      noted.looks += 1;
      await beforeResend();
    },
    noteSends: (sends) => void (noted.sends = sends),
  };
  const writing = upstream.write({ method: 'PATCH', path: ['x'], body: {} }, noSubject, () => null, call);
  const fault = await writing.then(
    () => null,
    (error: unknown) => error,
  );
  await upstream.controls.close();
  return { ...noted, fault };
}

/** An upstream that answers with these statuses, and then with 200. */
async function startWith(...statuses: number[]) {
  const rest = [...statuses];
  return startUpstream((_, response) => void response.writeHead(rest.shift() ?? 200).end('{}'));
}

test.each([
  [[], 1, 0],
  [[423], 2, 1],
  [[429, 423], 3, 2],
])('a write that is refused with %j is sent %i times, and looks again before each but the first', async (...row) => {
  const [statuses, sends, looks] = row;
  const upstream = await startWith(...statuses);
  expect(await write(upstream.url)).toEqual({ sends, looks, fault: null });
  upstream.close();
});

test('a write that fails says how often it was sent', async () => {
  const upstream = await startWith(423, 423, 423);
  const { sends, fault } = await write(upstream.url);
  expect(sends).toBe(3);
  expect((fault as PipelineFault).sends).toBe(3);
  upstream.close();
});

test('a write that cannot be sent at all says so', async () => {
  const { sends, fault } = await write(await refusingUrl());
  expect({ sends, code: (fault as PipelineFault).problems[0].code }).toEqual({
    sends: 0,
    code: 'UPSTREAM_UNAVAILABLE',
  });
});

test('a write that is given up before it is sent again was sent once', async () => {
  const upstream = await startWith(423);
  const changed = new PipelineFault([
    {
      code: 'STALE_OBJECT',
      message: 'Changed.',
      path: null,
      correlationId: null,
      mayHaveBeenApplied: false,
      updatedAt: null,
      revision: null,
    },
  ]);
  const { fault } = await write(upstream.url, () => Promise.reject(changed));
  expect(fault).toBe(changed);
  expect(changed.sends).toBe(1);
  expect(upstream.received()).toBe(1);
  upstream.close();
});
