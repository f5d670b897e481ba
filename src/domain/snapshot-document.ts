import { createHash } from 'node:crypto';
import { z } from 'zod';
import { printCanonical } from './canonical-json.ts';
import { isAddressable } from './ids.ts';
import { invalidInput, PipelineFault } from './problems.ts';
import { readDocumentedStageV1, snapshotContentV1, toDigestV1 } from './snapshot-document-v1.ts';
import type { PipelineSnapshot } from './snapshot.ts';
import type { RawMeta, StageMetaDraft } from './stage-meta.ts';

/** The version of the form that documents are made in. */
const version = 2;

/** An id as upstreams are read: nothing else was ever handed out. */
const id = z.string().refine(isAddressable, 'must be an upstream’s id');
const json = z.custom<RawMeta>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
  error: 'must be an object',
});

const stage = z.strictObject({
  stageId: id,
  label: z.string(),
  displayOrder: z.int32(),
  archived: z.boolean(),
  raw: json,
});

/** Existing content, which no rule for new input judges. */
const content = z.strictObject({
  version: z.literal(version),
  sourceName: z.string(),
  objectType: id,
  pipelineId: id,
  label: z.string(),
  displayOrder: z.int32(),
  description: z.string().nullable(),
  isDefault: z.boolean().nullable(),
  stages: z.array(stage),
});
type Content = z.infer<typeof content>;

const digested = { digest: z.string() };
const snapshotDocument = z.discriminatedUnion(
  'version',
  [content.extend(digested), snapshotContentV1.extend(digested)],
  { error: ({ code }) => (code === 'invalid_union' ? `must be ${version} or 1` : undefined) },
);

/** A stage as a document tells it. */
interface DocumentedStage extends Pick<Content['stages'][number], 'stageId' | 'label' | 'displayOrder'> {
  readonly archived: boolean;
  readonly meta: StageMetaDraft | null;
  /** The metadata in the upstream's own words; absent if the document tells only what `meta` is. */
  readonly rawMeta?: RawMeta | undefined;
}

/** A pipeline as a document tells it: all that creates it anew. */
export interface DocumentedPipeline extends Omit<Content, 'version' | 'stages'> {
  readonly stages: readonly DocumentedStage[];
}

/** The JSON document that a client can keep: all that creates the pipeline anew, with a digest that shows changes. */
export function toSnapshotDocument(snapshot: PipelineSnapshot): Content & { readonly digest: string } {
  const { sourceName, objectType, pipelineId, label, displayOrder, description, isDefault } = snapshot;
  const stages = snapshot.stages.map((each) => ({
    stageId: each.stageId,
    label: each.label,
    displayOrder: each.displayOrder,
    archived: each.archived === true,
    raw: each.meta.raw,
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
 * The pipeline of a document, of this version of the form or an older one. A PipelineFault that names what is wrong, by its
 * path, for anything but a document that the gateway made.
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
  if (whole.version === 1) {
    if (toDigestV1(whole) !== digest) throw changed();
    const { version: _version, ...pipeline } = whole;
    return { ...pipeline, stages: whole.stages.map(readDocumentedStageV1) };
  }
  if (toDigest(whole) !== digest) throw changed();
  const { version: _version, ...pipeline } = whole;
  return { ...pipeline, stages: whole.stages.map(({ raw, ...rest }) => ({ ...rest, meta: null, rawMeta: raw })) };
}

function changed(): PipelineFault {
  const message = 'The document was changed after the gateway made it.';
  return new PipelineFault([invalidInput(['snapshot', 'digest'], message)]);
}

/** The digest of a document's content, whatever the order in which a client's JSON library put its fields. */
function toDigest(whole: Content): string {
  return createHash('sha256').update(printCanonical(whole)).digest('base64url');
}
