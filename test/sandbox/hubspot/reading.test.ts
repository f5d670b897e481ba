import { describe, expect, test } from 'vitest';
import { march, openSandbox, september, v3 } from '../open-sandbox.ts';

describe.each([v3, '/crm/pipelines/2025-09', march, september])('%s', (api) => {
  test('a list has every pipeline with all its stages, and says nothing of paging', async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.get(`${api}/deals?limit=0`);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['results']);
    expect(body.results).toMatchObject([{ id: 'default', label: 'Sales Pipeline', archived: false }]);
    expect(body.results[0]!.stages).toHaveLength(7);
  });

  test('writePermissions are on every stage from the date versions on, and on none in v3', async () => {
    const sandbox = await openSandbox();
    const { body } = await sandbox.get(`${api}/tickets/0/stages`);
    const permissions = body.results.map((stage) => stage.writePermissions);
    expect(new Set(permissions)).toEqual(new Set([api === v3 ? undefined : 'CRM_PERMISSIONS_ENFORCEMENT']));
  });
});

test('pipelines and stages come unsorted, and in the same order every time', async () => {
  const sandbox = await openSandbox();
  for (const [place, label] of ['B', 'A', 'C'].entries()) {
    await sandbox.post(`${september}/2-1`, {
      label,
      displayOrder: place,
      stages: [
        { label: 'x', displayOrder: 0, metadata: {} },
        { label: 'y', displayOrder: 1, metadata: {} },
      ],
    });
  }
  const first = await sandbox.get(`${september}/2-1`);
  expect(first.body.results.map((pipeline) => pipeline.displayOrder)).toEqual([1, 2, 0]);
  expect(first.body.results[0]!.stages.map((stage) => stage.displayOrder)).toEqual([1, 0]);
  expect((await sandbox.get(`${september}/2-1`)).body).toEqual(first.body);
});

test('default pipelines were made at the epoch, which comes without milliseconds', async () => {
  const sandbox = await openSandbox();
  const { body } = await sandbox.get(`${v3}/deals/default`);
  expect(body.createdAt).toBe('1970-01-01T00:00:00Z');
  expect(body.stages[0]!.createdAt).toBe('1970-01-01T00:00:00Z');
});

test.each([
  ['deals', '0-3', 1],
  ['tickets', '0-5', 1],
  ['contacts', '0-1', 1],
  ['companies', '0-2', 1],
  ['tasks', '0-27', 1],
  ['leads', '0-136', 1],
  ['orders', '0-123', 1],
  ['services', '0-162', 1],
  ['courses', '0-410', 1],
  ['listings', '0-420', 1],
  ['appointments', '0-421', 1],
])(
  'the object type %s and the type id %s are the same, which starts with %i pipelines',
  async (name, typeId, count) => {
    const sandbox = await openSandbox();
    const byName = await sandbox.get(`${september}/${name}`);
    expect(byName.body.results).toHaveLength(count);
    expect((await sandbox.get(`${september}/${typeId}`)).body).toEqual(byName.body);
  },
);

test('contacts and companies have lifecycle pipelines of eight stages, of which one is closed', async () => {
  const sandbox = await openSandbox();
  for (const name of ['contacts', 'companies']) {
    const { stages } = (await sandbox.get(`${september}/${name}`)).body.results[0]!;
    expect(stages).toHaveLength(8);
    const closed = stages.filter((stage) => stage.metadata['isClosed'] === 'true');
    expect(closed).toMatchObject([{ label: 'Other', metadata: { state: 'CLOSED' } }]);
  }
});

test.each([
  ['tasks', ['Completed', 'Cancelled'], 6],
  ['leads', ['Qualified', 'Disqualified'], 5],
  ['orders', ['Delivered', 'Cancelled'], 5],
  ['services', ['Closed'], 3],
  ['courses', ['Closed Stage'], 2],
  ['listings', ['Sold'], 3],
  ['appointments', ['Held'], 3],
])('pipelines of %s have the general metadata, and the closed stages %j', async (name, closed, count) => {
  const sandbox = await openSandbox();
  const { stages } = (await sandbox.get(`${september}/${name}`)).body.results[0]!;
  expect(stages).toHaveLength(count);
  for (const { metadata } of stages) {
    expect(metadata).toMatchObject({ isClosed: String(metadata['state'] === 'CLOSED') });
    expect(metadata['leadState'] !== undefined).toBe(name === 'leads');
  }
  const labels = stages.filter((stage) => stage.metadata['state'] === 'CLOSED').map((stage) => stage.label);
  expect(labels.toSorted()).toEqual(closed.toSorted());
});

test('pipelines of services, appointments, listings, courses, orders and tasks have UUIDs as ids', async () => {
  const sandbox = await openSandbox();
  for (const name of ['services', 'appointments', 'listings', 'courses', 'orders', 'tasks']) {
    const [pipeline] = (await sandbox.get(`${september}/${name}`)).body.results;
    expect(pipeline!.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(pipeline!.stages.length).toBeGreaterThan(1);
  }
});

test('a custom object takes its type id or its fully qualified name, not its bare name', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.get(`${september}/2-4711`)).body).toEqual({ results: [] });
  expect((await sandbox.get(`${september}/p123_cars`)).body).toEqual({ results: [] });
  expect((await sandbox.get(`${september}/cars`)).status).toBe(400);
});

test('an unknown object type is a 400, not a 404', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.get(`${september}/deal-s`);
  expect(status).toBe(400);
  expect(body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
  expect(body.message).toContain('Unable to infer object type');
});

describe.each(['deals/nix', 'deals/default/stages/nix', 'deals/nix/stages/nix', 'deals/nix/audit'])(
  'a GET of missing %s',
  (path) => {
    test('a GET of what is missing is an empty 404 without a Content-Type to a client that asks for JSON', async () => {
      const sandbox = await openSandbox();
      const { status, text, headers } = await sandbox.get(`${september}/${path}`);
      expect([status, text, headers['content-type']]).toEqual([404, '', undefined]);
    });

    test('a GET of what is missing is an HTML 404 to any other client', async () => {
      const sandbox = await openSandbox();
      const { status, text, headers } = await sandbox.get(`${september}/${path}`, { headers: { accept: '*/*' } });
      expect([status, headers['content-type']]).toEqual([404, 'text/html;charset=utf-8']);
      expect(text).toContain('<html>');
    });
  },
);

test('an empty 404 gets a Content-Type if the sandbox is told so', async () => {
  const sandbox = await openSandbox({ empty404ContentType: 'text/plain' });
  const { text, headers } = await sandbox.get(`${september}/deals/nix`);
  expect([text, headers['content-type']]).toEqual(['', 'text/plain']);
});

test('the stages of a missing pipeline are a JSON 404 without a category', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.get(`${september}/deals/nix/stages`);
  expect(status).toBe(404);
  expect(Object.keys(body)).toEqual(['status', 'message', 'correlationId']);
});

test('archived in the query of a list changes nothing', async () => {
  const sandbox = await openSandbox();
  const plain = await sandbox.get(`${september}/deals`);
  expect((await sandbox.get(`${september}/deals?archived=true`)).body).toEqual(plain.body);
});

test('the correlation id is a UUID in a header, the same as in an error body, new for every request', async () => {
  const sandbox = await openSandbox();
  const [one, other] = [await sandbox.get(`${september}/no-type`), await sandbox.get(`${september}/no-type`)];
  expect(one.headers['x-hubspot-correlation-id']).toBe(one.body.correlationId);
  expect(one.body.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  expect(one.body.correlationId).not.toBe(other.body.correlationId);
});

test('the content type of an answer is spelled as HubSpot spells it', async () => {
  const sandbox = await openSandbox();
  for (const path of ['deals', 'nix']) {
    expect((await sandbox.get(`${september}/${path}`)).headers['content-type']).toBe('application/json;charset=utf-8');
  }
});

test('a wrongly encoded path is a 400', async () => {
  const sandbox = await openSandbox();
  const { status, body } = await sandbox.get(`${september}/deals/%zz`);
  expect([status, body.status]).toEqual([400, 'error']);
});

test.each(['/crm/pipelines/2024-03/deals', '/crm/v4/pipelines/deals', '/nix', `${september}/2-404`])(
  'the list %s is a 404 that looks like that of a missing pipeline',
  async (path) => {
    const sandbox = await openSandbox();
    const { status, text, headers } = await sandbox.get(path);
    expect([status, text, headers['content-type']]).toEqual([404, '', undefined]);
    expect(headers['x-hubspot-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    const page = await sandbox.get(path, { headers: { accept: '*/*' } });
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html;charset=utf-8']);
  },
);
