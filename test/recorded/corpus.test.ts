import { describe, expect, test } from 'vitest';
import { readCase, readCases, topics } from './corpus.ts';
import type { RecordedCase } from './corpus.ts';
import { toExpectedPipelines } from './expected.ts';
import { objectTypeOf, openRecordedWorld } from './world.ts';

const pipelineFields = `
  pipelineId label displayOrder description isDefault archived createdAt updatedAt archivedAt createdBy updatedBy
  stages { stageId label displayOrder archived createdAt updatedAt writePermissions meta {
    ... on DealStageMeta { raw } ... on TicketStageMeta { raw } ... on OrganizationStageMeta { raw } ... on GenericStageMeta { raw }
  } }`;

/** Whose content cannot all be served as it is; tests of their own say what becomes of it. */
const speciallyRead = new Set([
  'deals: a stage that cannot be read',
  'deals: a pipeline that cannot be read',
  'deals: the same pipeline alone',
  'a pipeline with an inactive stage',
]);

const all = topics.flatMap((topic) => readCases(topic).map((recorded) => ({ ...recorded, topic })));

/** The answers that hold pipelines and nothing that is lost on the way. */
const served = all.filter(
  ({ name, topic, origin, request, answer }) =>
    request.method === 'GET' &&
    answer.status === 200 &&
    answer.body !== undefined &&
    !speciallyRead.has(name) &&
    !/\/(audit|stages\/[^/]+)$/.test(request.path) &&
    (origin.api !== 'organization' || request.path === '/api/pipelines') &&
    topic !== 'hubspot-numbers',
);

/** What a client is shown of the only object type that the case is about. */
async function read(recorded: RecordedCase, objectType = objectTypeOf(recorded)) {
  const world = await openRecordedWorld([recorded], { objectTypes: [objectType] });
  const key = toPipelineId(recorded);
  const answer =
    key === null
      ? await world.ask(
          `{ pipelines(where: { includeArchived: true }) { nodes { ${pipelineFields} } failures { code message } } }`,
        )
      : await world.ask(
          `query ($objectType: String!, $pipelineId: String!) { pipelineByKey(objectType: $objectType, pipelineId: $pipelineId) { ${pipelineFields} } }`,
          { objectType, pipelineId: key },
        );
  return { ...answer, requests: world.upstream.requests };
}

/** The pipeline that a read of one asks for; null if it asks for a list. */
function toPipelineId({ origin, request }: RecordedCase): string | null {
  if (origin.api === 'organization') return new URLSearchParams(request.query).get('pipelineId');
  if (origin.api === 'hubspot-v1') return null;
  const segments = request.path.split(/\/deals\/|\/tickets\//);
  return segments[1] === undefined ? null : decodeURIComponent(segments[1]);
}

test('every case has a name of its own in its topic, and names neither a machine nor a registry', () => {
  expect(topics.length).toBeGreaterThan(8);
  for (const topic of topics) {
    const cases = readCases(topic);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(JSON.stringify(cases)).not.toMatch(/\/(tmp|work|home|root)\/|localhost|127\.0\.0\.1/);
  }
});

describe('a client sees what the upstream has', () => {
  test.each(served)('$topic: $name', async (recorded) => {
    const { data, errors } = await read(recorded);
    expect(errors).toBeUndefined();
    if (toPipelineId(recorded) === null) {
      expect(data.pipelines.failures).toEqual([]);
      // Which of two comes first that have one displayOrder is a question of its own.
      expect(data.pipelines.nodes).toHaveLength(toExpectedPipelines(recorded).length);
      expect(data.pipelines.nodes).toEqual(expect.arrayContaining([...toExpectedPipelines(recorded)]));
    } else expect([data.pipelineByKey]).toEqual(toExpectedPipelines(recorded));
  });

  test.each(served.filter(({ alsoAt }) => alsoAt !== undefined))('by its type id: $name', async (recorded) => {
    const typeId = recorded.alsoAt?.[0]?.split('/').at(-1) ?? '';
    const { data, errors } = await read(recorded, typeId);
    expect(errors).toBeUndefined();
    expect(data.pipelines.nodes).toEqual(toExpectedPipelines(recorded));
  });

  test('the query of a v1 list is a word, and one read is all', async () => {
    const { requests } = await read(readCase('hubspot-v1', 'an inactive pipeline in a list that includes it'));
    expect(requests.map(({ query }) => query)).toEqual([{ includeInactive: 'INCLUDE_DELETED' }]);
  });
});

describe('what cannot be read hides nothing else', () => {
  test('a stage without a label is missing, and the list says so', async () => {
    const { data } = await read({ ...readCase('hubspot-odd-content', 'deals: a pipeline that cannot be read') });
    expect(data.pipelines.nodes.map(({ pipelineId }: { pipelineId: string }) => pipelineId)).toEqual(['default']);
    expect(data.pipelines.failures).toMatchObject([{ code: 'UPSTREAM_CONTRACT' }]);
  });

  test('a pipeline without a label is an error by its id', async () => {
    const { data, errors } = await read(readCase('hubspot-odd-content', 'deals: the same pipeline alone'));
    expect(data.pipelineByKey).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_CONTRACT' } }]);
  });
});

describe('rate limits', () => {
  test('are those that the upstream reports with its answers', async () => {
    const world = await openRecordedWorld([readCase('hubspot-writes', 'a read with the headers of the rate limits')]);
    await world.ask('{ pipelines { totalCount } }');
    const { data } = await world.ask(
      '{ pipelineSource(name: "crm") { status { rateLimits { policy limit remaining intervalSeconds } } } }',
    );
    expect(data.pipelineSource.status.rateLimits).toEqual([
      { policy: 'TEN_SECONDLY_ROLLING', limit: 190, remaining: 187, intervalSeconds: 10 },
      { policy: 'DAILY', limit: 250_000, remaining: 249_300, intervalSeconds: 86_400 },
    ]);
  });
});
