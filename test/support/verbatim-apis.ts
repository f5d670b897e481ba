import { startVerbatimUpstream } from './verbatim-upstream.ts';
import type { Json, Reply } from './verbatim-upstream.ts';

/** What an API refuses of a new pipeline; null if nothing. */
type Refuse = (body: Json) => string | null;

const takesAll: Refuse = () => null;
const missing: Reply = [404];

/** HubSpot's pipelines API over the pipelines of one object type, as they are on the wire. */
export function startHubSpot(pipelines: Map<string, Json>, refuse: Refuse = takesAll) {
  let count = 0;
  const toStage = ({ stageId, ...stage }: Json) => ({
    id: stageId ?? `new-${(count += 1)}`,
    archived: false,
    ...stage,
  });
  return startVerbatimUpstream((method, [, , , , id, , stageId], _query, body) => {
    if (id === undefined) {
      if (method === 'GET') return [200, { results: [...pipelines.values()] }];
      const message = refuse(body);
      if (message !== null) return [400, { message, category: 'VALIDATION_ERROR' }];
      const { pipelineId = `new-${(count += 1)}`, stages, ...fields } = body;
      if (pipelines.has(pipelineId))
        return [400, { message: `There's another pipeline with pipelineId ${pipelineId}` }];
      const created = { id: pipelineId, archived: false, ...fields, stages: stages.map(toStage) };
      pipelines.set(pipelineId, created);
      return [201, created];
    }
    const pipeline = pipelines.get(id);
    if (pipeline === undefined) return missing;
    if (method === 'GET') return [200, pipeline];
    if (stageId !== undefined) {
      const stage = pipeline.stages.find((each: Json) => each.id === stageId);
      if (method === 'DELETE') pipeline.stages.splice(pipeline.stages.indexOf(stage), 1);
      else Object.assign(stage, body, { metadata: { ...stage.metadata, ...body.metadata } });
      return [200, stage];
    }
    if (method === 'DELETE') {
      pipelines.delete(id);
      return [204];
    }
    if (method === 'POST') pipeline.stages.push(toStage(body));
    else Object.assign(pipeline, body, method === 'PUT' ? { stages: body.stages.map(toStage) } : {});
    return [200, method === 'POST' ? pipeline.stages.at(-1) : pipeline];
  });
}

/** What becomes of a deleted pipeline: it is deactivated, or removed for good and maybe listed all the same. */
export type Deletion = 'deactivates' | 'removes' | 'removes, but lists';

/** HubSpot's v1 API over the pipelines of one object type. */
export function startHubSpotV1(pipelines: Map<string, Json>, deletion: Deletion) {
  // v1 answers with text (observed).
  const store = (id: string, { stages, ...fields }: Json) => {
    const shown = stages.map(({ metadata: { probability, ...metadata }, ...stage }: Json) => ({
      ...stage,
      metadata: { ...metadata, ...(probability === undefined ? {} : { probability: toText(probability) }) },
    }));
    pipelines.set(id, { ...pipelines.get(id), ...fields, pipelineId: id, stages: shown });
    return pipelines.get(id);
  };
  const deleted = new Map<string, Json>();
  return startVerbatimUpstream((method, [, , , , id], query, body) => {
    if (method === 'GET') {
      const all = [...pipelines.values(), ...(deletion === 'removes, but lists' ? deleted.values() : [])];
      const isWanted = ({ active }: Json) => active || query.get('includeInactive') === 'INCLUDE_DELETED';
      return [200, { results: all.filter(isWanted) }];
    }
    if (id === undefined) return pipelines.has(body.pipelineId) ? [409] : [200, store(body.pipelineId, body)];
    const pipeline = pipelines.get(id);
    if (pipeline === undefined) return missing;
    if (method === 'PUT') return [200, store(id, body)];
    if (deletion === 'deactivates') pipeline.active = false;
    else {
      pipelines.delete(id);
      deleted.set(id, { ...pipeline, active: false });
    }
    return [204];
  });
}

/** The organization API over pipelines of one type. */
export function startOrganization(pipelines: Map<string, Json>) {
  let count = 0;
  const newId = () => (count += 1).toString(16).padStart(24, 'f');
  const toStage = (stage: Json) => ({ _id: newId(), ...stage });
  return startVerbatimUpstream((method, [, , last], query, body) => {
    if (method === 'GET') {
      const pipeline = pipelines.get(query.get('pipelineId') ?? '');
      return pipeline === undefined ? missing : [200, pipeline];
    }
    if (method === 'DELETE') {
      pipelines.delete(last ?? '');
      return [200, { message: 'Pipeline deleted' }];
    }
    const { pipelineId = newId(), stages: _renames, ...fields } = body;
    const { pipelineStages, ...rest } = fields;
    const stages = pipelineStages === undefined ? {} : { pipelineStages: pipelineStages.map(toStage) };
    const pipeline = { isActive: true, ...pipelines.get(pipelineId), _id: pipelineId, ...rest, ...stages };
    pipelines.set(pipelineId, pipeline);
    return [200, { message: 'Pipeline updated', pipeline }];
  });
}

function toText(probability: unknown): unknown {
  if (typeof probability !== 'number') return probability;
  return Number.isInteger(probability) ? probability.toFixed(1) : String(probability);
}
