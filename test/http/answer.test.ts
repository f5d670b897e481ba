import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { request } from 'undici';
import { keptForAMinute, startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import { forwardingHubSpotAt } from '../support/sources.ts';

const fields = Array.from({ length: 60 }, (_, n) => `a${n}: label`).join(' ');
const query = `{ pipelines(where: { objectTypes: ["deals"] }) { nodes { ${fields} } } }`;

let gateway: TestGateway;
afterEach(async () => gateway.close());

async function open(freshMs = keptForAMinute.freshMs): Promise<void> {
  const sources = (url: string) => [forwardingHubSpotAt(url)];
  gateway = await startTestGateway({ sources, resilience: { cache: { ...keptForAMinute, freshMs } } });
}

/** A GET, which caches of clients keep, by Ann if nobody else is said. */
async function get(headers: Record<string, string> = {}, text = query) {
  const url = `${gateway.url}/graphql?query=${encodeURIComponent(text)}`;
  const answer = await request(url, { headers: { 'x-hubspot-token': 'ann', ...headers } });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return { status: answer.statusCode, headers: answer.headers, bytes };
}

const rename = (token: string, label: string) =>
  gateway.sandbox.call('PATCH', '/crm/pipelines/2026-09/deals/default', token, { label });

describe('the coding of an answer', () => {
  test.each([
    ['kept', keptForAMinute.freshMs],
    ['computed', 0],
  ])('does not change what a client reads of an answer that is %s', async (_, freshMs) => {
    await open(freshMs);
    const plain = await get();
    for (let n = 0; n < 2; n += 1) {
      const [gzip, br] = [await get({ 'accept-encoding': 'gzip' }), await get({ 'accept-encoding': 'br' })];
      expect([gzip, br].map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', 'br']);
      expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
      expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
      for (const { bytes, headers } of [gzip, br, plain]) {
        expect(headers['content-length']).toBe(`${bytes.length}`);
        expect(headers['vary']).toContain('accept-encoding');
      }
    }
  });
});

describe('a tag', () => {
  test('of the very bytes that would be sent spares a client these, in each coding', async () => {
    await open();
    for (const coding of ['identity', 'gzip', 'br']) {
      const full = await get({ 'accept-encoding': coding });
      const tag = String(full.headers['etag']);
      for (const header of [tag, `W/${tag}`, `"other", ${tag}`]) {
        const { status, headers, bytes } = await get({ 'accept-encoding': coding, 'if-none-match': header });
        expect([status, bytes.length, headers['etag']]).toEqual([304, 0, tag]);
        expect(headers['cache-control']).toBe(full.headers['cache-control']);
        expect(headers['vary']).toBe(full.headers['vary']);
      }
    }
    expect(
      new Set(
        await Promise.all(
          ['identity', 'gzip', 'br'].map(async (coding) => (await get({ 'accept-encoding': coding })).headers['etag']),
        ),
      ).size,
    ).toBe(3);
  });

  test('of other bytes, of another coding or of anything at all spares nothing', async () => {
    await open();
    const before = await get();
    const tag = String(before.headers['etag']);
    for (const header of ['*', '"other"', tag.slice(1, -1), ''])
      expect((await get({ 'if-none-match': header })).status).toBe(200);
    expect((await get({ 'if-none-match': tag, 'accept-encoding': 'gzip' })).status).toBe(200);
    await rename('ann', 'Newer');
    const after = await get({ 'if-none-match': tag, 'cache-control': 'no-cache' });
    expect([after.status, after.bytes.includes('Newer')]).toEqual([200, true]);
  });

  test("of another caller's answer is of use only to who would get the same bytes", async () => {
    await open();
    await rename('ann', 'Of Ann');
    await rename('bob', 'Of Bob');
    const tag = String((await get()).headers['etag']);
    const answer = await get({ 'if-none-match': tag, 'x-hubspot-token': 'bob' });
    expect([answer.status, answer.bytes.includes('Of Bob')]).toEqual([200, true]);
  });

  test.each([
    ['an error', '{ pipeline(id: "none") { id } }'],
    ['a history', '{ pipelines(where: { objectTypes: ["deals"] }) { nodes { audit(first: 1) { totalCount } } } }'],
  ])('is not given to %s, which nobody may keep', async (_, text) => {
    await open();
    const { headers } = await get({}, text);
    expect(headers['etag']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });

  test('is not given to a POST, whose answer no cache keeps', async () => {
    await open();
    const { headers } = await gateway.ask(query, {}, { 'x-hubspot-token': 'ann' });
    expect(headers['etag']).toBeUndefined();
  });
});
