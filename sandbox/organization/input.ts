import * as z from 'zod';
import { ApiError } from './api-error.ts';
import { assumptions } from './assumptions.ts';

/** A MongoDB object id, which is compared without regard to case. */
export const objectId = z
  .string()
  .regex(/^[0-9a-f]{24}$/i, 'must be 24 hexadecimal digits')
  .toLowerCase();

/** A name that is trimmed, as the reference says of a pipeline's; it must not be empty after that. */
export const trimmedName = z.string().trim().min(1, 'must not be empty');

const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be #RRGGBB');

/** The query parameter that tells which default pipeline is meant. */
export const typeQuery = z.object({ type: z.enum(['Contact', 'Application']).default('Contact') });

const stageItem = z.object({
  _id: objectId.optional(),
  name: trimmedName,
  color: color.optional(),
  position: z.int().min(0).optional(),
});

/** The full list of a pipeline's stages: what is left out is deactivated, so an empty list is refused. */
export const stageList = z
  .array(stageItem)
  .min(1, 'must not be empty')
  .refine((items) => areDistinct(items.map(({ _id }) => _id)), 'must not name a stage twice');

/** The legacy rename mapping: pairs of an old and a new stage name. */
export const renameList = z
  .array(z.object({ oldStage: trimmedName.optional(), newStage: trimmedName, color: color.optional() }))
  .refine((pairs) => areDistinct(pairs.map(({ oldStage }) => oldStage)), 'must not name an oldStage twice');

/** One stage of a list that was sent. */
export type StageItem = z.infer<typeof stageItem>;

/** One legacy pair that was sent. */
export type Rename = z.infer<typeof renameList>[number];

/** What was sent, in the schema's form, or a 400 that names the first thing that is wrong; nothing sent is an empty object. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown = {}): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const message = [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ');
  throw new ApiError({ status: assumptions.invalidInputStatus, message });
}

function areDistinct(values: readonly (string | undefined)[]): boolean {
  const present = values.filter((value) => value !== undefined);
  return new Set(present).size === present.length;
}
