import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { PipelineObjectTypeResolvers } from '../generated/schema.ts';

/** Resolves PipelineObjectType: the rules that input is checked by, so that a form can know them before. */
export const pipelineObjectType = {
  name: ({ objectType }) => objectType.name,
  singularLabel: ({ objectType }) => objectType.labels?.singular ?? null,
  pluralLabel: ({ objectType }) => objectType.labels?.plural ?? null,
  maxStages: ({ objectType }) => objectType.maxStages,
  maxLabelLength: ({ source }) => source.inputRules.maxLabelLength,
  maxPipelineIdLength: ({ source }) => source.inputRules.newIds?.maxPipelineId ?? null,
  maxStageIdLength: ({ source }) => source.inputRules.newIds?.maxStageId ?? null,
  idPattern: ({ source }) => source.inputRules.newIds?.pattern?.source ?? null,
  metaField({ source, objectType: { metaField, newStageMeta } }) {
    const { range, values } = stageMetaKinds[metaField];
    return {
      name: metaField,
      isRequired: newStageMeta === null,
      values: values === null ? null : values.map(String),
      least: range?.least ?? null,
      greatest: range?.greatest ?? null,
      step: metaField === 'probability' ? source.inputRules.probabilityStep : null,
    };
  },
  validateReferences: ({ source }) => source.traits.checksReferences.ofStage,
  moveRecords: ({ source }) => source.capabilities.includes('MOVE_RECORDS'),
} satisfies PipelineObjectTypeResolvers;
