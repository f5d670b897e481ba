import * as z from 'zod';
import { refuse } from './api-error.ts';
import { assumptions } from './assumptions.ts';

/** Metadata as it was sent, every scalar turned into a string as HubSpot's string map does it. */
export type SentMetadata = Readonly<Record<string, string | null>>;

// A bigint is a number whose digits a number of JavaScript would lose.
const scalar = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()]);
const metadata = z
  .record(z.string(), scalar)
  .transform((sent): SentMetadata =>
    Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, value === null ? null : String(value)])),
  );

// null counts as absent, unknown members are ignored.
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const order = z.int32();

const stage = z.object({
  stageId: optional(z.string()),
  label: z.string(),
  displayOrder: order,
  metadata: optional(metadata).transform((sent) => sent ?? {}),
});

const pipeline = z.object({
  pipelineId: optional(z.string()),
  label: z.string(),
  displayOrder: order,
  stages: optional(z.array(stage)).transform((stages) => stages ?? []),
});

/** What the bodies of the API's writes must look like (HubSpot's OpenAPI files), read by `parseBody`. */
export const bodies = {
  pipeline,
  pipelinePatch: z.object({
    label: optional(z.string()),
    displayOrder: optional(order),
    archived: z.unknown().optional(),
  }),
  stage,
  // The OpenAPI file calls metadata required in a stage PATCH; HubSpot, observed 2026-10, does without.
  stagePatch: z.object({
    label: optional(z.string()),
    displayOrder: optional(order),
    metadata: optional(metadata).transform((sent) => sent ?? {}),
    archived: z.unknown().optional(),
  }),
};

/** A pipeline as it was sent to be created or replaced. */
export type PipelineInput = z.infer<typeof pipeline>;
/** A stage as it was sent to be created or replaced. */
export type StageInput = z.infer<typeof stage>;

/** The body in the schema's form; otherwise a 400 that names every member which is missing or of a wrong type. */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ message, in: path.join('.') }));
  const members = errors.map((error) => error.in || 'body').join(', ');
  return refuse(400, { message: `${assumptions.invalidJsonMessage}: ${members}`, errors });
}
