import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const origin = z.strictObject({
  api: z.enum(['hubspot', 'hubspot-v1', 'organization']),
  /** Of the API, as paths have it. */
  version: z.string(),
  /**
   * How sure the body is: what an upstream answered, what its vendor prints, or what follows from the vendor's schema. Else a
   * body made of what recorded runs are said to have shown, or a guess if nobody knows.
   */
  proof: z.enum(['recorded answer', 'published example', 'published schema', 'observed behaviour', 'assumption']),
  /** Of the answer or of the page's last change: a year, a month or a day. */
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}){0,2}$/)
    .optional(),
  seenIn: z.string().optional(),
  note: z.string().optional(),
});

const recordedCase = z.strictObject({
  name: z.string(),
  origin,
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: z.string().startsWith('/'),
    query: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
  /** Other paths that give the same answer. */
  alsoAt: z.array(z.string().startsWith('/')).optional(),
  answer: z
    .strictObject({
      status: z.int(),
      headers: z.record(z.string().lowercase(), z.string()).optional(),
      body: z.unknown().optional(),
      /** Instead of `body`, if its very letters matter. */
      text: z.string().optional(),
    })
    .refine(({ body, text }) => body === undefined || text === undefined, 'holds both a body and a text'),
});

/** One request to an upstream and what it answered, with where that is known from. */
export type RecordedCase = z.infer<typeof recordedCase>;

const topic = z.strictObject({ cases: z.array(recordedCase).min(1) });

/** The names of all topics: one JSON file each. */
export const topics: readonly string[] = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));

/** Every case of a topic; throws for a file that is not of the corpus's form. */
export function readCases(name: string): readonly RecordedCase[] {
  return topic.parse(JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'))).cases;
}

/** The case of that name; throws if there is none. */
export function readCase(topicName: string, name: string): RecordedCase {
  const found = readCases(topicName).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${topicName} has no case "${name}".`);
  return found;
}

/** The answer's body, to the letter. */
export function toBodyText({ answer: { body, text } }: RecordedCase): string {
  return text ?? (body === undefined ? '' : JSON.stringify(body));
}
