import * as z from 'zod';
import type { StoredStage } from './model.ts';
import { resolveObjectType } from './object-types.ts';
import type { Store } from './store/index.ts';

const time = z.iso.datetime().transform((text) => Date.parse(text));
const times = { createdAt: time.optional(), updatedAt: time.optional() };

/** A pipeline as an account may hold it, in the form of a HubSpot answer. */
export const importedPipeline = z.object({
  id: z.string().min(1),
  label: z.string(),
  displayOrder: z.int(),
  archived: z.boolean().default(false),
  ...times,
  stages: z.array(
    z.object({
      id: z.string().min(1),
      label: z.string(),
      displayOrder: z.int(),
      metadata: z.record(z.string(), z.string()),
      ...times,
    }),
  ),
});

/**
 * Puts a pipeline into the account as it is, against all rules for new input: accounts hold content that today's rules
 * would refuse. It replaces one with its id and leaves no audit entry.
 */
export function importPipeline(
  store: Store,
  account: string,
  objectType: string,
  { archived, ...pipeline }: z.output<typeof importedPipeline>,
): void {
  store.openAccount(account);
  const collection = { account, typeId: resolveObjectType(objectType).typeId };
  const { createdAt = 0, updatedAt = createdAt } = pipeline;
  const stages = pipeline.stages.map((stage): StoredStage => ({
    ...stage,
    createdAt: stage.createdAt ?? 0,
    updatedAt: stage.updatedAt ?? 0,
  }));
  store.pipelines.save(collection, { ...pipeline, active: !archived, version: 1, stages, createdAt, updatedAt });
}
