import { afterAll, expect, test } from 'vitest';
import { readFile } from '../support/documentation.ts';
import { readRequests } from '../support/documented-requests.ts';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';
import { ask } from '../support/gateway.ts';

afterAll(killGateways);

const readme = readFile('examples/supergraph/README.md');

test('the supergraph example starts, answers as its README shows, and ends on SIGTERM with all that it started', async () => {
  const example = spawnGateway({}, ['--import', './scripts/require-node-24.js', 'examples/supergraph/main.ts']);
  await example.ready;
  const [url = '', pipelinesUrl = ''] = [...example.output.stdout.matchAll(/(http\S+)\/graphql$/gm)].map(
    ([, found]) => found ?? '',
  );
  const requests = readRequests(readme);
  expect(requests).not.toEqual([]);
  for (const { query, answer } of requests) {
    const { data, errors } = await ask(url, { query });
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(answer);
  }
  example.child.kill('SIGTERM');
  expect(await example.ended).toEqual({ code: 0, signal: null });
  await expect(ask(pipelinesUrl, { query: '{ __typename }' })).rejects.toThrow();
}, 60_000);
