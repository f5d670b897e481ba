import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import { stageMetaKinds } from '../domain/stage-meta.ts';
import type { PipelineFindingRule, PipelineFindingSeverity, StageOutcome } from '../generated/enums.ts';
import type { ObjectType, PipelineSource } from '../sources/source.ts';
import { describeSunset } from '../sources/sunset.ts';

/** Something that a careful administrator would remark of a pipeline. */
interface PipelineFinding {
  readonly rule: PipelineFindingRule;
  readonly severity: PipelineFindingSeverity;
  readonly message: string;
  readonly stageId: string | null;
}

/** What a rule looks at. */
interface Subject {
  readonly pipeline: Pipeline;
  readonly objectType: ObjectType;
  readonly source: PipelineSource;
  readonly now: Date;
}

interface Remark {
  readonly message: string;
  readonly stageId?: string;
}

interface Rule {
  readonly severity: PipelineFindingSeverity;
  readonly find: (subject: Subject) => readonly Remark[];
}

const limitShare = 0.8;

const rules: Readonly<Record<PipelineFindingRule, Rule>> = {
  MISLEADING_STAGE_ID: {
    severity: 'ERROR',
    find: findMisleadingIds,
  },
  MISLEADING_STAGE_LABEL: {
    severity: 'WARNING',
    find: findMisleadingLabels,
  },
  NO_WON_STAGE: {
    severity: 'WARNING',
    find: (subject) => findMissing('WON', subject),
  },
  NO_LOST_STAGE: {
    severity: 'WARNING',
    find: (subject) => findMissing('LOST', subject),
  },
  NO_CLOSED_STAGE: {
    severity: 'WARNING',
    find: (subject) => findMissing('CLOSED', subject),
  },
  PROBABILITY_FALLS: {
    severity: 'WARNING',
    find: ({ pipeline }) => findFalls(pipeline.stages),
  },
  PROBABILITY_NOT_A_TENTH: {
    severity: 'INFO',
    find: ({ pipeline }) =>
      withProbability(pipeline.stages)
        .filter(({ probability }) => Math.abs(probability * 10 - Math.round(probability * 10)) > 1e-9)
        .map(({ stageId, label, probability }) => ({
          stageId,
          message: `The probability of stage "${label}" is ${probability}, which is not a step of 0.1.`,
        })),
  },
  LABELS_ALIKE: {
    severity: 'WARNING',
    find: ({ pipeline }) =>
      findRepeats(pipeline.stages, ({ label }) => toComparableLabel(label).replaceAll(/\s+/g, '')).map(
        ({ item: { stageId, label }, first }) => ({
          stageId,
          message: `The labels "${first.label}" and "${label}" differ in case or spaces only.`,
        }),
      ),
  },
  DISPLAY_ORDER_TAKEN_TWICE: {
    severity: 'WARNING',
    find: ({ pipeline }) =>
      findRepeats(pipeline.stages, ({ displayOrder }) => displayOrder).map(({ item, first }) => ({
        stageId: item.stageId,
        message: `The stages "${first.label}" and "${item.label}" both have the displayOrder ${item.displayOrder}.`,
      })),
  },
  STAGE_LIMIT_NEAR: {
    severity: 'INFO',
    find: ({ pipeline: { stages }, objectType: { maxStages, name } }) =>
      maxStages === null || stages.length <= maxStages * limitShare
        ? []
        : [{ message: `${stages.length} of the ${maxStages} stages that a pipeline of ${name} can have are used.` }],
  },
  LABEL_TOO_LONG_FOR_V1: {
    severity: 'INFO',
    find: findLongLabels,
  },
  API_VERSION_ENDS: {
    severity: 'WARNING',
    find({ source, now }) {
      const message = describeSunset(source, now);
      return message === null ? [] : [{ message }];
    },
  },
  WRITES_LOSE_REQUIRED_PROPERTIES: {
    severity: 'INFO',
    find: ({ source: { name, traits } }) =>
      traits.losesRequiredProperties
        ? [{ message: `A write of a pipeline or a stage at "${name}" loses the properties that its stages require.` }]
        : [],
  },
};

/**
 * What is remarkable about a pipeline at the moment `now`, in the order of the rules. Only what is live counts: no archived
 * stage does, and an archived pipeline has no finding.
 */
export function toFindings({ pipeline, ...rest }: Subject): readonly PipelineFinding[] {
  if (pipeline.archived) return [];
  const stages = pipeline.stages.filter((stage) => !stage.archived);
  const subject = { ...rest, pipeline: { ...pipeline, stages } };
  return Object.entries(rules).flatMap(([rule, { severity, find }]) =>
    find(subject).map(({ message, stageId }) => ({
      rule: rule as PipelineFindingRule,
      severity,
      message,
      stageId: stageId ?? null,
    })),
  );
}

/** The stages whose id, which never changes, says something else than their metadata. */
function findMisleadingIds({ pipeline, objectType: { metaField, stageIdMeanings } }: Subject): readonly Remark[] {
  return pipeline.stages.flatMap(({ stageId, label, outcome, meta }) => {
    const meaning = Object.hasOwn(stageIdMeanings, stageId) ? stageIdMeanings[stageId] : outcome;
    if (meaning === outcome || stageMetaKinds[metaField].toValue(meta) === null) return [];
    return [{ stageId, message: `The id of stage "${label}" says ${meaning}, its ${metaField} says ${outcome}.` }];
  });
}

/** What words in labels say of a record, by the outcomes that an object type's stages can have; the first that fits counts. */
const labelMeanings: readonly (readonly [RegExp, StageOutcome])[] = [
  [/\b(?:not won|lost)\b/i, 'LOST'],
  [/\bwon\b/i, 'WON'],
  [/^(?:re-?)?open(?:ed)?$/i, 'OPEN'],
  [/\bclosed\b/i, 'CLOSED'],
];

/** The stages whose label, in English, says something else than their metadata. */
function findMisleadingLabels({ pipeline, objectType: { metaField } }: Subject): readonly Remark[] {
  const { expected, sameIn, toOutcome, toValue } = stageMetaKinds[metaField];
  const possible = new Set<StageOutcome | undefined>(['OPEN', ...(Object.keys(expected) as StageOutcome[])]);
  if (sameIn.includes('state')) possible.add('CLOSED');
  return pipeline.stages.flatMap(({ stageId, label, outcome, meta }) => {
    const meaning = labelMeanings.find(([word]) => word.test(label))?.[1];
    if (toOutcome === null || toValue(meta) === null || !possible.has(meaning) || meaning === outcome) return [];
    return [{ stageId, message: `The label "${label}" says ${meaning}, the stage's ${metaField} says ${outcome}.` }];
  });
}

function findMissing(outcome: StageOutcome, { pipeline, objectType }: Subject): readonly Remark[] {
  const { stages, unreadStages } = pipeline;
  // A stage that cannot be read may be the one.
  if (unreadStages.length > 0) return [];
  const message = stageMetaKinds[objectType.metaField].expected[outcome];
  return message === undefined || stages.some((stage) => stage.outcome === outcome) ? [] : [{ message }];
}

/** The stages whose probability is known. */
function withProbability(stages: readonly Stage[]) {
  return stages.flatMap(({ stageId, label, outcome, meta }) => {
    const probability = stageMetaKinds.probability.toValue(meta);
    return probability === null ? [] : [{ stageId, label, outcome, probability }];
  });
}

function findFalls(stages: readonly Stage[]): readonly Remark[] {
  const alive = withProbability(stages).filter(({ outcome }) => outcome !== 'LOST');
  return alive.flatMap(({ stageId, label, probability }, index) => {
    const before = alive[index - 1];
    if (before === undefined || before.probability <= probability) return [];
    return [
      {
        stageId,
        message: `Stage "${label}" (${probability}) comes after "${before.label}" (${before.probability}) but is less likely.`,
      },
    ];
  });
}

function findLongLabels({ pipeline: { label, stages }, objectType: { portableLabels } }: Subject): readonly Remark[] {
  if (portableLabels === null) return [];
  const { maxLength, takenBy } = portableLabels;
  const message = (long: string): string =>
    `The label "${long}" is longer than the ${maxLength} characters that ${takenBy} takes.`;
  return [
    ...(label.length > maxLength ? [{ message: message(label) }] : []),
    ...stages
      .filter((stage) => stage.label.length > maxLength)
      .map((stage) => ({ stageId: stage.stageId, message: message(stage.label) })),
  ];
}

/** The items whose key an earlier item has, each with that item. */
function findRepeats<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly { item: T; first: T }[] {
  const firsts = new Map<unknown, T>();
  return items.flatMap((item) => {
    const key = keyOf(item);
    const first = firsts.get(key);
    if (first !== undefined) return [{ item, first }];
    firsts.set(key, item);
    return [];
  });
}
