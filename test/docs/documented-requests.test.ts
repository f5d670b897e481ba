import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRequests, recall, remember, toExpectation } from '../support/documented-requests.ts';
import { startTestGateway } from '../support/gateway.ts';

const root = new URL('../../', import.meta.url);
const pages = ['README.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)]
  .map((page) => ({ page, requests: readRequests(readFileSync(new URL(page, root), 'utf8')) }))
  .filter(({ requests }) => requests.length > 0);

describe.each(pages)('$page', ({ requests }) => {
  test('gives the answers that it shows', async () => {
    const gateway = await startTestGateway();
    try {
      const seen: string[] = [];
      for (const { query, variables, answer } of requests) {
        const { data, errors } = await gateway.ask(query, recall(variables, seen));
        remember(data, seen);
        expect({ data, ...(errors === undefined ? {} : { errors }) }).toEqual(toExpectation(answer));
      }
    } finally {
      await gateway.close();
    }
  });
});
