import * as z from 'zod';
import { faultRule } from './faults/rule.ts';
import type { SandboxOptions } from './options.ts';

const count = z.stringFormat('whole number', /^\d{1,9}$/).transform(Number);
const flag = z.enum(['true', '1', 'false', '0']).transform((value) => value === 'true' || value === '1');
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const variables = z.object({
  SANDBOX_PORT: count.refine((port) => port <= 65_535, 'must be at most 65535').default(4010),
  SANDBOX_DB: z.string().optional(),
  SANDBOX_RATE_LIMIT_TEN_SECONDLY: count.default(0),
  SANDBOX_RATE_LIMIT_DAILY: count.default(0),
  SANDBOX_LATENCY_MS: count.default(0),
  SANDBOX_FAULTS: json.pipe(z.array(faultRule)).default([]),
  SANDBOX_V1_SUNSET: flag.default(false),
  SANDBOX_EMPTY_404_CONTENT_TYPE: z.string().optional(),
  SANDBOX_LABEL_LIMIT: count.optional(),
});

/** Reads the SANDBOX_* variables, an empty one as absent; throws one Error that lists every problem by the variable's name. */
export function readSandboxSettings(env: Readonly<Record<string, string | undefined>>): SandboxOptions {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = variables.safeParse(present);
  if (!result.success) throw new Error(listProblems(result.error));
  const settings = result.data;
  return {
    port: settings.SANDBOX_PORT,
    rateLimitTenSecondly: settings.SANDBOX_RATE_LIMIT_TEN_SECONDLY,
    rateLimitDaily: settings.SANDBOX_RATE_LIMIT_DAILY,
    latencyMs: settings.SANDBOX_LATENCY_MS,
    faults: settings.SANDBOX_FAULTS,
    v1Sunset: settings.SANDBOX_V1_SUNSET,
    ...defined('databasePath', settings.SANDBOX_DB),
    ...defined('empty404ContentType', settings.SANDBOX_EMPTY_404_CONTENT_TYPE),
    ...defined('labelLimit', settings.SANDBOX_LABEL_LIMIT),
  };
}

function listProblems(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
}

function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
