/** A list of HubSpot's with so many pipelines of so many stages each; `text` is what each label ends with. */
export function toHubSpotList(pipelines: number, stages: number, text = ''): string {
  return JSON.stringify({ results: Array.from({ length: pipelines }, (_, index) => toPipeline(index, stages, text)) });
}

/** One pipeline of HubSpot's. */
export function toHubSpotPipeline(stages: number, text = ''): string {
  return JSON.stringify(toPipeline(0, stages, text));
}

function toPipeline(index: number, stages: number, text: string) {
  return {
    ...toObject(`p${index}`, index, text),
    stages: Array.from({ length: stages }, (_, position) => ({
      ...toObject(`p${index}s${position}`, position, text),
      metadata: { probability: '0.5', isClosed: 'false' },
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    })),
  };
}

function toObject(id: string, displayOrder: number, text: string) {
  return {
    id,
    label: `Label of ${id}${text}`,
    displayOrder,
    archived: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-02-01T00:00:00.000Z',
  };
}
