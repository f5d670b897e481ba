/** Prints what it costs the gateway to refuse, beside the cheapest request that it answers: `npm run bench:refusals`. */
import { pino } from 'pino';
import { request } from 'undici';
import { readConfig } from '../src/config/config.ts';
import { createServer } from '../src/server.ts';
import { createMetrics } from '../src/telemetry/metrics.ts';

const rounds = 50;
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

const bodies: Readonly<Record<string, string>> = {
  'answered: { __typename }': query('{ __typename }'),
  'answered: 1,000 representations': query('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
    r: Array.from({ length: 1000 }, () => ({ __typename: 'PipelineSource', name: 'none' })),
  }),
  'depth: 2,000 levels': query(`{ ${'a { '.repeat(2000)}a${' }'.repeat(2000)} }`),
  'depth: a chain of 1,400 fragments': query(
    `{ ...F0 } ${times(1400, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F1400 on Query { a }`,
  ),
  'tokens: a megabyte of names': query(`{ ${'a '.repeat(500_000)} }`),
  'tokens: a megabyte of comments': query(`${'#\n'.repeat(330_000)}{ a }`),
  'aliases: 3,000': query(`{ ${times(3000, (i) => `a${i}: __typename`)} }`),
  'fields: 14,000': query(`{ pipelines { nodes { ${'id '.repeat(14_000)} } } }`),
  'directives: 2,000': query(`{ __typename ${'@skip(if: false) '.repeat(2000)} }`),
  'list size: 100,000 in a variable': query('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
    r: Array(100_000).fill(1),
  }),
  'cost: every audit': query('{ pipelines(first: 500) { nodes { audit(first: 500) { nodes { id } } } } }'),
  'fields: 1,900 equal ones with a selection each': query(
    `{ pipelines { nodes { ${'source { name } '.repeat(1900)} } } }`,
  ),
  'fragments: 900 with equal fields': query(
    `{ pipelines { nodes { ${times(900, (i) => `...F${i}`)} } } } ${times(900, (i) => `fragment F${i} on Pipeline { source { name } }`)}`,
  ),
  'not JSON': '{"query":',
  'too large: 2 MB': 'x'.repeat(2_000_000),
};

function query(text: string, variables: object = {}): string {
  return JSON.stringify({ query: text, variables });
}

/** The CPU time of this process, both sides of the connection, for each request, and what the last one was answered. */
async function measure(url: string, body: string) {
  let answer = '';
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    // Texts that were seen before are remembered, so each is a new one.
    const text = body.replace('{"query":"', `{"query":"${' '.repeat(round)}`);
    const { statusCode, body: content } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    answer = `${statusCode} ${/"code":"(\w+)"/.exec(await content.text())?.[1] ?? ''}`;
  }
  const { user, system } = process.cpuUsage(before);
  return { answer, ms: (user + system) / 1000 / rounds };
}

const options = { ...readConfig({}), graphiql: false, log: pino({ level: 'silent' }), metrics: createMetrics() };
const server = await createServer([], options);
const url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
await measure(url, query('{ __typename }'));
for (const [name, body] of Object.entries(bodies)) {
  const { answer, ms } = await measure(url, body);
  console.log(`${ms.toFixed(2).padStart(8)} ms CPU  ${answer.padEnd(30)}  ${name}`);
}
await server.close(0);
