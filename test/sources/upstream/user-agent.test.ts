import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { toPipelineGlobalId } from '../../../src/domain/ids.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { mutate } from '../../support/mutate.ts';
import { startUpstream } from '../../support/test-upstream.ts';
import { kinds, toSettings } from '../kinds.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const closings: (() => void | Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closings.splice(0)) await close();
});

test.each(kinds)('$title hears with every request who sends it', async ({ settings, objectType, metas }) => {
  const userAgents: unknown[] = [];
  const upstream = await startUpstream(({ method, headers }, response) => {
    userAgents.push([method === 'GET' ? 'read' : 'write', headers['user-agent']]);
    response.writeHead(400).end();
  });
  const gateway = await startTestGateway({ sources: () => [toSettings(settings, upstream.url)] });
  closings.push(
    () => gateway.close(),
    () => upstream.close(),
  );
  const id = toPipelineGlobalId({ sourceName: 'crm', objectType, pipelineId: 'p' });
  await gateway.ask(`{ pipelines { totalCount } pipeline(id: "${id}") { label audit { totalCount } } }`);
  const stages = [{ label: 'One', meta: metas[0].input }];
  const place = objectType === 'Contact' ? {} : { displayOrder: 0, stages: [{ ...stages[0], stageId: 'one' }] };
  await mutate(gateway, 'createPipeline', { objectType, label: 'New', stages, ...place });
  const sent = `pipeline-gateway/${version}`;
  expect(userAgents).toContainEqual(['write', sent]);
  expect(new Set(userAgents.map((pair) => (pair as unknown[])[1]))).toEqual(new Set([sent]));
  expect(userAgents.length).toBeGreaterThan(2);
});
