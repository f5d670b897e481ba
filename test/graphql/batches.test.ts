import { describe, expect, test } from 'vitest';
import { ask, startTestGateway } from '../support/gateway.ts';

describe('operations in one request', () => {
  const operation = (index: number) => ({ query: `{ a${index}: __typename }` });
  const operations = (count: number) => Array.from({ length: count }, (_, index) => operation(index));

  test('batches are refused unless they are turned on', async () => {
    const gateway = await startTestGateway();
    const { status, errors } = await ask(gateway.url, operations(1));
    expect([status, errors?.[0]?.extensions]).toEqual([400, { code: 'BAD_REQUEST' }]);
    await gateway.close();
  });

  test('batches are answered up to the limit, each operation for itself, and each is held to the other limits', async () => {
    const gateway = await startTestGateway({ env: { GATEWAY_MAX_BATCH: '3' } });
    const { status, text } = await ask(gateway.url, [...operations(2), { query: '{ nothing }' }]);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject([{ data: { a0: 'Query' } }, { data: { a1: 'Query' } }, { errors: [{}] }]);
    const tooMany = await ask(gateway.url, operations(4));
    expect(tooMany.errors?.[0]?.extensions).toEqual({
      code: 'OPERATION_TOO_COMPLEX',
      limit: { name: 'batch', max: 3, actual: 4 },
    });
    const tooDeep = await ask(gateway.url, [operation(0), { query: `${'{ a'.repeat(30)}${' }'.repeat(30)}` }]);
    expect(tooDeep.errors?.[0]?.extensions['limit']).toEqual({ name: 'depth', max: 20, actual: 30 });
    await gateway.close();
  });
});
