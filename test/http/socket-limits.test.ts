import { expect, test } from 'vitest';
import { sendRaw } from '../support/raw-http.ts';
import { useGateway } from '../support/use-gateway.ts';

const env = { GATEWAY_HEADER_TIMEOUT_SECONDS: '0.3', GATEWAY_REQUEST_TIMEOUT_SECONDS: '0.6' };
const gateway = useGateway({ env, deadlineMs: 1000 });

const head = 'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n';

// Each waits for the other side to close, so that a socket which stays open fails the test.
test.each([
  ['half of a head', head],
  ['a head without its body', `${head}content-length: 30\r\n\r\n`],
  ['half of a body', `${head}content-length: 30\r\n\r\n{"query":`],
  ['pieces that stop', `${head}transfer-encoding: chunked\r\n\r\n9\r\n{"query":\r\n`],
])('who sends %s is answered with 408 and cut off', async (_, bytes) => {
  const answer = await sendRaw(gateway.url, bytes);
  expect(answer.status).toBe(408);
  expect(JSON.parse(answer.body).errors[0].extensions).toEqual({ code: 'BAD_REQUEST' });
});

test('who goes on sending a body that was refused is cut off', async () => {
  const tooLarge = `${head}content-length: 9999999\r\n\r\n${'x'.repeat(1000)}`;
  expect((await sendRaw(gateway.url, tooLarge)).status).toBe(413);
});

test('who says nothing at all is cut off', async () => {
  expect(await sendRaw(gateway.url, '')).toMatchObject({ status: expect.toBeOneOf([null, 408]) });
});

test('others are answered while many send too slowly', async () => {
  const slow = Promise.all(Array.from({ length: 50 }, () => sendRaw(gateway.url, head)));
  for (let i = 0; i < 20; i += 1) expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  expect((await slow).map(({ status }) => status)).toEqual(Array(50).fill(408));
});
