import { createHash } from 'node:crypto';
import { z } from 'zod';
import { documentedMeta } from './stage-meta-operations.ts';
import type { StageMetaDraft } from './stage-meta.ts';

const text = z.string();

/** The first form of documents, of which clients may have kept some: it tells the typed metadata, if there was any. */
export const snapshotContentV1 = z.strictObject({
  version: z.literal(1),
  sourceName: text,
  objectType: text,
  pipelineId: text,
  label: text,
  displayOrder: z.int32(),
  description: z.string().nullable(),
  isDefault: z.boolean().nullable(),
  stages: z.array(
    z.strictObject({ stageId: text, label: text, displayOrder: z.int32(), meta: z.record(text, z.unknown()) }),
  ),
});
type Content = z.infer<typeof snapshotContentV1>;
type Stage = Content['stages'][number];

/** What the first form tells of a stage. Metadata that was not typed stands in it as it came. */
export function readDocumentedStageV1({ meta: documented, ...stage }: Stage) {
  const typed = documentedMeta.safeParse(documented);
  if (!typed.success) return { ...stage, archived: false, meta: null, rawMeta: documented };
  const given = Object.entries(typed.data).filter(([, value]) => value !== null && value !== undefined);
  const meta: StageMetaDraft = Object.fromEntries(given);
  return { ...stage, archived: false, meta };
}

/** The digest of a document of the first form. */
export function toDigestV1({ stages, ...fields }: Content): string {
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  const all = [sorted(fields), stages.map(({ meta, ...stage }) => [sorted(stage), sorted(meta)])];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url');
}
