import { parseEnv } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { sandboxSources } from '../../src/sources/sandbox.ts';
import { readFile } from '../support/documentation.ts';
import { readRequests } from '../support/documented-requests.ts';
import { useFolder } from '../support/folder.ts';
import { gatewayCommand, killGateways, spawnGateway } from '../support/gateway-process.ts';
import { startTestGateway } from '../support/gateway.ts';
import { hubSpotAt } from '../support/sources.ts';

const page = readFile('docs/leaving-v1.md');
const folder = useFolder();
afterAll(killGateways);

/** The blocks of code of one language. */
function readBlocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text ?? '');
}

test('the file of sources of docs/leaving-v1.md starts as it is, and with the kind of before', () => {
  const [text = ''] = readBlocks('json sources');
  const read = (content: string) => readConfig({ GATEWAY_SOURCES: folder.write(content), PORTAL_TOKEN: 'x' }).sources;
  const before = read(text.replace('"hubspot"', '"hubspot-v1"'));
  expect(before).toMatchObject([{ kind: 'hubspot-v1' }]);
  expect(read(text)).toEqual([{ ...before[0], kind: 'hubspot', apiVersion: '2026-09' }]);
});

test('the variables of docs/leaving-v1.md make one source before and after the switch, under one name', () => {
  const [before, after] = readBlocks('dotenv').map((text) => readConfig(parseEnv(text)).sources);
  expect(before).toMatchObject([{ kind: 'hubspot-v1', name: 'hubspot-v1' }]);
  expect(after).toMatchObject([{ kind: 'hubspot', name: 'hubspot-v1', credential: before?.[0]?.credential }]);
});

test('the command of docs/leaving-v1.md prints what the page shows', async () => {
  const [command = ''] = readBlocks('sh');
  const args = /^npm start -- (.*)\n$/.exec(command)?.[1]?.split(' ') ?? [];
  const { ended, output } = spawnGateway({}, [...gatewayCommand, ...args]);
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(output.stdout).toBe(readBlocks('text')[0]);
});

describe('the requests of docs/leaving-v1.md, after the switch', () => {
  test('what the source can do has the two capabilities more that the page names, and ids are the same', async () => {
    const switched = (url: string) => hubSpotAt(url, { name: 'hubspot-v1' });
    const gateway = await startTestGateway({
      sources: (url) => sandboxSources(url).map((source) => (source.kind === 'hubspot-v1' ? switched(url) : source)),
    });
    const [capabilities, ids] = readRequests(page).slice(-2);
    const can = await gateway.ask(capabilities?.query ?? '');
    const found = await gateway.ask(ids?.query ?? '');
    await gateway.close();
    const before = capabilities?.answer as typeof can;
    expect(can.data.pipelineSource).toEqual({
      kind: 'HUBSPOT',
      apiVersion: '2026-09',
      sunsetAt: null,
      capabilities: [...before.data.pipelineSource.capabilities, 'READ_AUDIT', 'VALIDATE_REFERENCES'],
    });
    expect({ data: found.data }).toEqual(ids?.answer);
  });
});
