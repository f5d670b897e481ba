import { createHash } from 'node:crypto';
import { z } from 'zod';
import { printCanonical } from './canonical-json.ts';
import { isAddressable } from './ids.ts';
import { readPortableMeta, toPortableMeta } from './portable-meta.ts';
import { invalidInput, PipelineFault } from './problems.ts';
import { readDocumentedStageV1, snapshotContentV1, toDigestV1 } from './snapshot-document-v1.ts';
import type { PipelineSnapshot, StageSnapshot } from './snapshot.ts';
import type { RawMeta, StageMetaDraft } from './stage-meta.ts';

/** The version of the form that documents are made in. */
const version = 3;

/** An id as upstreams are read: nothing else was ever handed out. */
const id = z.string().refine(isAddressable, 'must be an upstream’s id');
const metadata = z.custom<RawMeta>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
  error: 'must be an object',
});
const json = z.string().refine(isJson, 'must be JSON');

const stage = z.strictObject({
  stageId: id,
  label: z.string(),
  displayOrder: z.int32(),
  archived: z.boolean(),
  raw: metadata,
});
const exactTexts = z.array(z.tuple([z.string(), json]));

/** Existing content, which no rule for new input judges. */
const pipeline = z.strictObject({
  sourceName: z.string(),
  objectType: id,
  pipelineId: id,
  label: z.string(),
  displayOrder: z.int32(),
  description: z.string().nullable(),
  isDefault: z.boolean().nullable(),
});

const content = pipeline.extend({ version: z.literal(version), stages: z.array(stage.extend({ exact: exactTexts })) });
type Content = z.infer<typeof content>;

/** The second form, in which `raw` is all of the metadata: integers beyond 2^53 stand in it as text, and come back as text. */
const contentV2 = pipeline.extend({ version: z.literal(2), stages: z.array(stage) });

const digested = { digest: z.string() };
const snapshotDocument = z.discriminatedUnion(
  'version',
  [content.extend(digested), contentV2.extend(digested), snapshotContentV1.extend(digested)],
  { error: ({ code }) => (code === 'invalid_union' ? `must be ${version}, 2 or 1` : undefined) },
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
  const { __typename, stages, ...fields } = snapshot;
  const whole: Content = { version, ...fields, stages: stages.map(toDocumentedStage) };
  return { ...whole, digest: toDigest(whole) };
}

function toDocumentedStage({ __typename, meta, archived, ...fields }: StageSnapshot): Content['stages'][number] {
  return { ...fields, archived: archived === true, ...toPortableMeta(meta.raw) };
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
  if ((whole.version === 1 ? toDigestV1(whole) : toDigest(whole)) !== digest) throw changed();
  const { version: _version, stages: _stages, ...fields } = whole;
  return { ...fields, stages: readStages(whole) };
}

function readStages(
  whole: z.infer<typeof content | typeof contentV2 | typeof snapshotContentV1>,
): readonly DocumentedStage[] {
  if (whole.version === 1) return whole.stages.map(readDocumentedStageV1);
  if (whole.version === 2) return whole.stages.map(({ raw, ...rest }) => ({ ...rest, meta: null, rawMeta: raw }));
  return whole.stages.map(({ raw, exact, ...rest }) => ({
    ...rest,
    meta: null,
    rawMeta: readPortableMeta({ raw, exact }),
  }));
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

function changed(): PipelineFault {
  const message = 'The document was changed after the gateway made it.';
  return new PipelineFault([invalidInput(['snapshot', 'digest'], message)]);
}

/** The digest of a document's content, whatever the order in which a client's JSON library put its fields. */
function toDigest(whole: object): string {
  return createHash('sha256').update(printCanonical(whole)).digest('base64url');
}
