import { describe, expect, test } from 'vitest';
import { pages, readFile } from '../support/documentation.ts';
import { readRequests, recall, remember, toExpectation } from '../support/documented-requests.ts';
import { startTestGateway } from '../support/gateway.ts';

const documented = pages
  .map((page) => ({ page, requests: readRequests(readFile(page)) }))
  .filter(({ requests }) => requests.length > 0);

/** The pages were written before the API versions that they show ended, and stay true after that. */
function beforeAnyEnd(answer: object): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(' ended on ', ' ends on '));
}

describe.each(documented)('$page', ({ requests }) => {
  test('the gateway gives the answers that the page shows', async () => {
    const gateway = await startTestGateway();
    try {
      const seen: string[] = [];
      for (const { query, variables, answer } of requests) {
        const { data, errors } = await gateway.ask(query, recall(variables, seen));
        remember(data, seen);
        expect(beforeAnyEnd({ data, ...(errors === undefined ? {} : { errors }) })).toEqual(toExpectation(answer));
      }
    } finally {
      await gateway.close();
    }
  });
});
