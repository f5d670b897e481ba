import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Client } from 'undici';
import { send } from './load.ts';
import type { Answer, Target } from './load.ts';
import type { Operation, Workload } from './workloads.ts';

/** Asks a workload's operations, one after the other, and holds every field against the data; rejects at the first that differs. */
export async function checkAnswers(target: Target, { name, samples, next }: Workload): Promise<void> {
  const client = new Client(target.url);
  try {
    for (let count = 0; count < samples; count += 1) {
      const operation = next();
      const problem = findProblem(target, operation, await send(client, target, operation));
      if (problem !== null) throw new Error(`${target.url} answers ${name} wrongly: ${problem}`);
    }
  } finally {
    await client.close();
  }
}

function findProblem({ isGraphql }: Target, operation: Operation, { status, encoding, chunks }: Answer): string | null {
  const bytes = Buffer.concat(chunks);
  const text = (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
  if (status !== 200) return `${status} ${text.slice(0, 500)}`;
  const answer: unknown = JSON.parse(text);
  if (!isGraphql) return findDifference(withoutNumber(answer), operation.toRestAnswer(), '');
  return findDifference(answer, { data: operation.toData() }, '');
}

/** Without the field by which the stub makes its answers differ. */
function withoutNumber(answer: unknown): unknown {
  const fields = Object.entries(answer as object).filter(([name]) => name !== 'served');
  return Object.fromEntries(fields);
}

/** The path of the first field that is not as expected, with both values; null if all are. */
function findDifference(actual: unknown, expected: unknown, path: string): string | null {
  if (isDeepStrictEqual(actual, expected)) return null;
  if (!isObject(actual) || !isObject(expected))
    return `${path} is ${JSON.stringify(actual)?.slice(0, 300)} and not ${JSON.stringify(expected)?.slice(0, 300)}`;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = findDifference(actual[key], expected[key], `${path}/${key}`);
    if (difference !== null) return difference;
  }
  return `${path} differs`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
