import { hash } from 'node:crypto';
import { printCanonical } from './canonical-json.ts';
import type { Pipeline, Stage } from './pipeline.ts';
import { withoutComputed } from './stage-meta-operations.ts';

const revisions = new WeakMap<Pipeline | Stage, string>();

/**
 * A digest of what a pipeline or a stage is, stages included: equal for equal content, whatever its dates say. Computed once
 * for each object, as those that are read are frozen.
 */
export function toRevision(object: Pipeline | Stage): string {
  const known = revisions.get(object);
  if (known !== undefined) return known;
  const content = printCanonical('stages' in object ? toPipelineContent(object) : toStageContent(object));
  const revision = hash('sha256', content, 'base64url').slice(0, revisionLength);
  revisions.set(object, revision);
  return revision;
}

/** 132 bits: two contents never share a revision by chance. */
const revisionLength = 22;

function toPipelineContent({ label, description, displayOrder, isDefault, archived, ...rest }: Pipeline) {
  const stages = rest.stages.map(toStageContent);
  const unread = rest.unreadStages.map(({ stageId, name }) => [stageId, name]);
  return [label, description, displayOrder, isDefault, archived, stages, unread];
}

function toStageContent({ stageId, label, displayOrder, archived, meta }: Stage) {
  return [stageId, label, displayOrder, archived, withoutComputed(meta.raw)];
}
