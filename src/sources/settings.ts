import { z } from 'zod';
import { isAddressable } from '../domain/ids.ts';

/** An environment variable that sets one field of the one source of a kind that variables can configure. */
export interface SourceVariable {
  readonly name: string;
  readonly path: readonly string[];
  /** Makes the field's value of the variable's text; the text itself where left out. */
  readonly read?: (text: string) => unknown;
}

/** Where an upstream listens: http or https, maybe with a path that prefixes every request's. */
export const sourceUrl = z.string({ error: 'a URL is needed' }).superRefine((text, context) => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    context.addIssue({ code: 'custom', message: 'must be an http or https URL' });
  } else if ([url.username, url.password, url.search, url.hash].some((part) => part !== '')) {
    context.addIssue({ code: 'custom', message: 'must be without credentials, query and fragment' });
  }
});

const token = z
  .string({ error: 'a token is needed' })
  // What a header can carry. The message must not repeat the value.
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');

const headerName = z.string().regex(/^[\w-]+$/, 'must be the name of a header');

/** A limit on requests that the configuration names, for an upstream that does not report its own. */
const rateLimit = z.strictObject({
  policy: z.string().min(1),
  limit: z.int().min(1).max(100_000),
  intervalSeconds: z.number().positive().max(3600),
});

/** The meaning of every kind's own `kind`. */
export const kindDescription = 'Which API the source is.';

/** The fields that sources of every kind have. */
export const commonSettings = {
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must match [a-z][a-z0-9-]*')
    .describe('What clients call the source. It is part of every id, so renaming a source changes its ids.'),
  credential: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('static'), token }),
      z.strictObject({ mode: z.literal('forward'), header: headerName }),
    ])
    .describe('The upstream token: the gateway’s own (`static`), or each caller’s, from the header named (`forward`).'),
  account: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'What the upstream account is called. Sources with the same one are views of one account: writes of one pipeline never mix, and each drops what is kept of all views.',
    ),
  rateLimits: z
    .array(rateLimit)
    .max(1)
    .optional()
    .describe(
      'The most to ask of an upstream: one `{"policy", "limit", "intervalSeconds"}`, kept for each credential, beside what the upstream itself reports.',
    ),
};

/** A list of object types, each named once. */
export function objectTypeList<Name extends string>(name: z.ZodType<Name>) {
  return z
    .array(name)
    .min(1, 'must name at least one object type')
    .refine((names) => new Set(names).size === names.length, 'must not name an object type twice');
}

/** The name of an object type, of a source that has any number of them. */
export const objectTypeName = z.string().refine(isAddressable, 'must be the name of an object type');

/** A comma-separated variable as a list. */
export function readNames(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}
