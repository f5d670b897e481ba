import { expect } from 'vitest';

/** A request on a page of the documentation, with the answer shown below it. */
interface DocumentedRequest {
  readonly query: string;
  readonly variables: object;
  readonly answer: unknown;
}

/** The `graphql` blocks of a page, each with the `json variables` block, if any, and the `json` block that follow it. */
export function readRequests(page: string): readonly DocumentedRequest[] {
  const blocks = [...page.matchAll(/^```(graphql|json variables|json)\n(.*?)^```$/gms)].map(([, kind, text]) => ({
    kind,
    text: text ?? '',
  }));
  return blocks.flatMap(({ kind, text }, index) => {
    if (kind !== 'graphql') return [];
    const next = blocks[index + 1];
    const variables = next?.kind === 'json variables' ? next : undefined;
    const answer = variables === undefined ? next : blocks[index + 2];
    if (answer?.kind !== 'json') throw new Error(`This request shows no answer:\n${text}`);
    return [{ query: text, variables: JSON.parse(variables?.text ?? '{}'), answer: JSON.parse(answer.text) }];
  });
}

/** The answer as an expectation, in which `abc…` stands for any text that begins with `abc`. */
export function toExpectation(value: unknown): unknown {
  return mapStrings(value, (text) =>
    text.endsWith('…') ? expect.stringMatching(new RegExp(`^${RegExp.escape(text.slice(0, -1))}`)) : text,
  );
}

/** Keeps every text of an answer, so that a later request can name it by its beginning. */
export function remember(value: unknown, seen: string[]): void {
  mapStrings(value, (text) => seen.push(text));
}

/** Variables in which `abc…` is the last text seen that begins with `abc`. */
export function recall(variables: object, seen: readonly string[]): object {
  return mapStrings(variables, (text) =>
    text.endsWith('…') ? seen.findLast((candidate) => candidate.startsWith(text.slice(0, -1))) : text,
  ) as object;
}

function mapStrings(value: unknown, map: (text: string) => unknown): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, map)]));
}
