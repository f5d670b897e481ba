import * as z from 'zod';
import { faultRule } from './fault-injection/fault-rule.ts';
import { parseJson } from './json.ts';
import type { SandboxOptions } from './options.ts';
import { unknownsInput } from './unknowns.ts';

const count = z.stringFormat('whole number', /^\d{1,9}$/).transform(Number);
const json = z.string().transform((text, context): unknown => {
  try {
    return parseJson(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

/** The sandbox's settings, by the names of their environment variables. */
export const sandboxVariables = z.object({
  SANDBOX_PORT: count
    .refine((port) => port <= 65_535, 'must be at most 65535')
    .default(4010)
    .describe('The loopback port that the sandbox listens on; 0 takes a free one.'),
  SANDBOX_DB: z.string().optional().describe('A SQLite file that keeps the data; in memory where left out.'),
  SANDBOX_RATE_LIMIT_TEN_SECONDLY: count
    .default(0)
    .describe('Requests that HubSpot lets a token make in ten seconds; 0 is no limit.'),
  SANDBOX_RATE_LIMIT_DAILY: count
    .default(0)
    .describe('Requests that HubSpot lets a token make in a day; 0 is no limit.'),
  SANDBOX_LATENCY_MS: count.default(0).describe('How long every request waits, in milliseconds.'),
  SANDBOX_FAULTS: json
    .pipe(z.array(faultRule))
    .default([])
    .describe('Faults from the start: a JSON list of what `POST /__sandbox/faults` takes.'),
  SANDBOX_V1_SUNSET: z.iso
    .date()
    .optional()
    .describe('The last day (UTC) of crm-pipelines v1, as 2026-12-04; none if left out.'),
  SANDBOX_EMPTY_404_CONTENT_TYPE: z
    .string()
    .optional()
    .describe('The Content-Type of HubSpot’s empty 404s, which have none.'),
  SANDBOX_UNKNOWNS: json
    .pipe(unknownsInput)
    .optional()
    .describe('Other choices for what nobody knows of the upstreams: a JSON object, as in `sandbox/unknowns.ts`.'),
  SANDBOX_LABEL_LIMIT: count
    .optional()
    .describe('The longest label that HubSpot’s current versions take; 0 is no limit.'),
});

/** Reads the SANDBOX_* variables, an empty one as absent; throws one Error that lists every problem by the variable's name. */
export function readSandboxSettings(env: Readonly<Record<string, string | undefined>>): SandboxOptions {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = sandboxVariables.safeParse(present);
  if (!result.success) throw new Error(listProblems(result.error));
  const settings = result.data;
  return {
    port: settings.SANDBOX_PORT,
    rateLimitTenSecondly: settings.SANDBOX_RATE_LIMIT_TEN_SECONDLY,
    rateLimitDaily: settings.SANDBOX_RATE_LIMIT_DAILY,
    latencyMs: settings.SANDBOX_LATENCY_MS,
    faults: settings.SANDBOX_FAULTS,
    ...defined('databasePath', settings.SANDBOX_DB),
    ...defined('v1Sunset', settings.SANDBOX_V1_SUNSET),
    ...defined('empty404ContentType', settings.SANDBOX_EMPTY_404_CONTENT_TYPE),
    ...defined('unknowns', settings.SANDBOX_UNKNOWNS),
    ...defined('labelLimit', settings.SANDBOX_LABEL_LIMIT),
  };
}

function listProblems(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
}

function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
