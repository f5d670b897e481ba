import { z } from 'zod';

/** What pages of other origins may do. */
export interface CorsSettings {
  readonly origins: readonly OriginPattern[];
  /** Request headers that are allowed beside those that the gateway reads. */
  readonly headers: readonly string[];
  /** Whether browsers send cookies and client certificates along. */
  readonly credentials: boolean;
}

/** One origin, or all that an expression matches from end to end. */
type OriginPattern = string | RegExp;

/** The settings of what pages of other origins may do, by the names of their environment variables. */
export const corsVariables = {
  GATEWAY_CORS_ORIGINS: z
    .string()
    .default('')
    .transform(readOrigins)
    .describe(
      'The other origins whose pages may ask, comma-separated; `*` in the first label of a host stands for letters, digits and hyphens.',
    ),
  GATEWAY_CORS_HEADERS: z
    .string()
    .default('')
    .transform(readHeaderNames)
    .describe('Headers that these pages may send beside those that the gateway reads, comma-separated.'),
  GATEWAY_CORS_CREDENTIALS: z
    .stringbool('must be true or false')
    .default(false)
    .describe('Whether browsers send cookies along from these pages, for what stands in front of the gateway.'),
};

/** The settings as the gateway uses them. */
export function toCorsSettings(variables: z.output<z.ZodObject<typeof corsVariables>>): CorsSettings {
  return {
    origins: variables.GATEWAY_CORS_ORIGINS,
    headers: variables.GATEWAY_CORS_HEADERS,
    credentials: variables.GATEWAY_CORS_CREDENTIALS,
  };
}

/** Whether the pages of an origin may ask. */
export function isAllowedOrigin({ origins }: CorsSettings, origin: string): boolean {
  return origins.some((pattern) => (typeof pattern === 'string' ? pattern === origin : pattern.test(origin)));
}

function readOrigins(text: string, context: z.RefinementCtx<string>): readonly OriginPattern[] {
  return readList<OriginPattern>(text, context, (item) => {
    if (item.includes('*')) return readPattern(item);
    return isOrigin(item) ? item : { problem: 'must be an origin such as https://app.example.com' };
  });
}

/** A star matches within the first label, so that it never reaches another domain. */
function readPattern(item: string): RegExp | Problem {
  const hasPlace = /^https?:\/\/[^.*]*\*[^.*]*(\.[^.*]+){2,}$/.test(item);
  if (!hasPlace || !isOrigin(item.replace('*', 'x'))) {
    return {
      problem:
        'matches no origin: one * may stand in the first label of a host with at least two more, as in https://*.example.com',
    };
  }
  return new RegExp(`^${item.replaceAll('.', String.raw`\.`).replace('*', '[a-z0-9-]+')}$`);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

function readHeaderNames(text: string, context: z.RefinementCtx<string>): readonly string[] {
  return readList<string>(text, context, (item) =>
    /^[\w!#$%&'+.^`|~-]+$/.test(item) ? item.toLowerCase() : { problem: 'must be the name of a header' },
  );
}

interface Problem {
  readonly problem: string;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

/** The items of a list; a problem of each that is wrong. */
function readList<Item>(
  text: string,
  context: z.RefinementCtx<string>,
  read: (item: string) => Item | Problem,
): readonly Item[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.flatMap((item, index) => {
    const value = read(item);
    if (!isProblem(value)) return [value];
    context.addIssue({ code: 'custom', message: `entry ${index + 1} of ${items.length} ${value.problem}` });
    return [];
  });
}
