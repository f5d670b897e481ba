import { createHash } from 'node:crypto';
import { z } from 'zod';
import { invalidInput, PipelineFault } from './problems.ts';
import type { PipelineSnapshot } from './snapshot.ts';
import { documentedMeta, toMetaFields } from './stage-meta-operations.ts';

/** The version of the document's form. Another version's documents are refused, not guessed at. */
const version = 1;
const text = z.string().max(1000);

const content = z.strictObject({
  version: z.literal(version, `must be ${version}`),
  sourceName: text,
  objectType: text,
  pipelineId: text,
  label: text,
  displayOrder: z.int32(),
  description: z.string().nullable(),
  isDefault: z.boolean().nullable(),
  stages: z
    .array(
      z.strictObject({
        stageId: text,
        label: text,
        displayOrder: z.int32(),
        meta: documentedMeta,
      }),
    )
    .max(1000),
});
type Content = z.infer<typeof content>;

/** What a document says of its pipeline: all that creates it anew. */
export interface DocumentedPipeline {
  readonly sourceName: string;
  readonly input: Omit<Content, 'version' | 'sourceName'>;
}

const snapshotDocument = content.extend({ digest: z.string() });

/** The JSON document that a client can keep: all that creates the pipeline anew, with a digest that shows changes. */
export function toSnapshotDocument(snapshot: PipelineSnapshot): z.infer<typeof snapshotDocument> {
  const { sourceName, objectType, pipelineId, label, displayOrder, description, isDefault } = snapshot;
  const stages = snapshot.stages.map((stage) => ({
    stageId: stage.stageId,
    label: stage.label,
    displayOrder: stage.displayOrder,
    meta: toMetaFields(stage.meta),
  }));
  const whole: Content = {
    version,
    sourceName,
    objectType,
    pipelineId,
    label,
    displayOrder,
    description,
    isDefault,
    stages,
  };
  return { ...whole, digest: toDigest(whole) };
}

/**
 * A document as the input that creates its pipeline anew, and the source that it is for. A PipelineFault that names what is
 * wrong, by its path, for anything but a document that this version of the gateway made.
 */
export function readSnapshotDocument(document: unknown): DocumentedPipeline {
  const result = snapshotDocument.safeParse(document);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) =>
      invalidInput(['snapshot', ...path.map(String)], message),
    );
    const [first = invalidInput(['snapshot'], 'This is not the document of a snapshot.'), ...rest] = problems;
    throw new PipelineFault([first, ...rest]);
  }
  const { digest, ...whole } = result.data;
  if (toDigest(whole) !== digest) {
    throw new PipelineFault([
      invalidInput(['snapshot', 'digest'], 'The document was changed after the gateway made it.'),
    ]);
  }
  const { sourceName, version: _version, ...input } = whole;
  return { sourceName, input };
}

/** The digest of a document's content, whatever the order in which a client's JSON library put its fields. */
function toDigest({ stages, ...fields }: Content): string {
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  const all = [sorted(fields), stages.map(({ meta, ...stage }) => [sorted(stage), sorted(meta)])];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url');
}
