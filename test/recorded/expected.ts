import type { RecordedCase } from './corpus.ts';

type Wire = Readonly<Record<string, unknown>>;

/** The pipelines that a recorded answer holds, as a client must see them; written down without asking the gateway. */
export function toExpectedPipelines({ origin, answer }: RecordedCase): readonly object[] {
  const body = answer.body as Wire;
  if (origin.api === 'organization') return [toOrganizationPipeline((body['pipeline'] ?? body) as Wire)];
  const pipelines = (body['results'] ?? [body]) as readonly Wire[];
  return pipelines.map(origin.api === 'hubspot' ? toHubSpotPipeline : toV1Pipeline);
}

function toHubSpotPipeline(wire: Wire): object {
  return {
    ...nobody,
    pipelineId: wire['id'],
    label: wire['label'],
    displayOrder: wire['displayOrder'],
    description: null,
    isDefault: null,
    archived: wire['archived'],
    createdAt: toInstant(wire['createdAt']),
    updatedAt: toInstant(wire['updatedAt']),
    archivedAt: toInstant(wire['archivedAt']),
    stages: inOrder(wire['stages']).map((stage) => ({
      stageId: stage['id'],
      label: stage['label'],
      displayOrder: stage['displayOrder'],
      archived: stage['archived'],
      createdAt: toInstant(stage['createdAt']),
      updatedAt: toInstant(stage['updatedAt']),
      writePermissions: toPermissions(stage['writePermissions']),
      meta: { raw: stage['metadata'] },
    })),
  };
}

function toV1Pipeline(wire: Wire): object {
  return {
    ...nobody,
    pipelineId: wire['pipelineId'],
    label: wire['label'],
    displayOrder: wire['displayOrder'],
    description: null,
    isDefault: wire['default'],
    archived: !wire['active'],
    createdAt: toInstant(wire['createdAt']),
    updatedAt: toInstant(wire['updatedAt']),
    archivedAt: null,
    stages: inOrder(wire['stages']).map((stage) => ({
      stageId: stage['stageId'],
      label: stage['label'],
      displayOrder: stage['displayOrder'],
      archived: !stage['active'],
      createdAt: toInstant(stage['createdAt']),
      updatedAt: toInstant(stage['updatedAt']),
      writePermissions: null,
      meta: { raw: stage['metadata'] },
    })),
  };
}

function toOrganizationPipeline(wire: Wire): object {
  const stages = (wire['pipelineStages'] ?? toLegacyStages(wire)) as readonly Wire[];
  return {
    pipelineId: wire['_id'],
    label: wire['name'],
    displayOrder: 0,
    description: wire['description'],
    isDefault: wire['isDefault'],
    archived: !wire['isActive'],
    createdAt: toInstant(wire['createdAt']),
    updatedAt: toInstant(wire['updatedAt']),
    archivedAt: null,
    createdBy: wire['createdBy'],
    updatedBy: wire['updatedBy'],
    stages: stages.map(({ _id, name, position, ...raw }) => ({
      stageId: _id,
      label: name,
      displayOrder: position,
      archived: raw['isActive'] === false,
      createdAt: null,
      updatedAt: null,
      writePermissions: null,
      meta: { raw },
    })),
  };
}

const nobody = { createdBy: null, updatedBy: null };

function toLegacyStages({ stages, pipelineStageIds }: Wire): readonly Wire[] {
  return (stages as readonly Wire[]).map((stage, position) => ({
    ...stage,
    _id: (pipelineStageIds as readonly string[])[position],
    position,
  }));
}

/** Only one answer has stages that share a number; there the label decides, whatever the collation. */
function inOrder(stages: unknown): readonly Wire[] {
  return (stages as readonly Wire[]).toSorted(
    (a, b) =>
      Number(a['displayOrder']) - Number(b['displayOrder']) || (String(a['label']) < String(b['label']) ? -1 : 1),
  );
}

/** The epoch, 0 and nothing all mean none. */
function toInstant(value: unknown): string | null {
  const time = value === null || value === undefined ? 0 : new Date(value as string | number).getTime();
  return time === 0 ? null : new Date(time).toISOString();
}

function toPermissions(value: unknown): unknown {
  return value === 'SOMETHING_NEW' ? 'OTHER' : (value ?? null);
}
