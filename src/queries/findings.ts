import { toComparableLabel } from '../domain/pipeline.ts';
import type { Pipeline, Stage } from '../domain/pipeline.ts';
import type { PipelineFindingRule, PipelineFindingSeverity, StageOutcome } from '../generated/enums.ts';
import type { ObjectType, PipelineSource } from '../sources/source.ts';

/** Something that a careful administrator would remark of a pipeline. */
export interface PipelineFinding {
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

/** What HubSpot's own stage ids say; portals rename their stages and keep the ids. */
const meaningsOfStageIds: Readonly<Record<string, StageOutcome>> = {
  appointmentscheduled: 'OPEN',
  qualifiedtobuy: 'OPEN',
  presentationscheduled: 'OPEN',
  decisionmakerboughtin: 'OPEN',
  contractsent: 'OPEN',
  closedwon: 'WON',
  closedlost: 'LOST',
};

/** The longest label that crm-pipelines v1 takes. */
const maxV1LabelLength = 36;
const limitShare = 0.8;
const sunsetNoticeMs = 90 * 24 * 60 * 60 * 1000;

const rules: Readonly<Record<PipelineFindingRule, Rule>> = {
  MISLEADING_STAGE_ID: {
    severity: 'ERROR',
    find: ({ pipeline }) =>
      ofDeals(pipeline.stages).flatMap(({ stageId, label, outcome }) => {
        const meaning = Object.hasOwn(meaningsOfStageIds, stageId) ? meaningsOfStageIds[stageId] : outcome;
        if (meaning === outcome) return [];
        return [{ stageId, message: `The id of stage "${label}" says ${meaning}, its probability says ${outcome}.` }];
      }),
  },
  NO_WON_STAGE: {
    severity: 'WARNING',
    find: ({ pipeline, objectType }) =>
      lacks(pipeline, 'WON', objectType.metaField === 'probability')
        ? [{ message: 'No stage means that a deal is won.' }]
        : [],
  },
  NO_LOST_STAGE: {
    severity: 'WARNING',
    find: ({ pipeline, objectType }) =>
      lacks(pipeline, 'LOST', objectType.metaField === 'probability')
        ? [{ message: 'No stage means that a deal is lost.' }]
        : [],
  },
  NO_CLOSED_STAGE: {
    severity: 'WARNING',
    find: ({ pipeline, objectType }) =>
      lacks(pipeline, 'CLOSED', objectType.metaField === 'ticketState')
        ? [{ message: 'No stage means that a ticket is closed.' }]
        : [],
  },
  PROBABILITY_FALLS: {
    severity: 'WARNING',
    find: ({ pipeline }) => findFalls(pipeline.stages),
  },
  PROBABILITY_NOT_A_TENTH: {
    severity: 'INFO',
    find: ({ pipeline }) =>
      ofDeals(pipeline.stages)
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
    find: ({ pipeline, source }) => (source.kind === 'ORGANIZATION' ? [] : findLongLabels(pipeline)),
  },
  API_VERSION_ENDS: {
    severity: 'WARNING',
    find: ({ source: { name, apiVersion, sunsetAt }, now }) =>
      sunsetAt === null || Date.parse(sunsetAt) - now.getTime() > sunsetNoticeMs
        ? []
        : [{ message: `Version ${apiVersion} of the API of source "${name}" ends on ${sunsetAt.slice(0, 10)}.` }],
  },
};

/** What is remarkable about a pipeline at the moment `now`, in the order of the rules. */
export function toFindings(subject: Subject): readonly PipelineFinding[] {
  return Object.entries(rules).flatMap(([rule, { severity, find }]) =>
    find(subject).map(({ message, stageId }) => ({
      rule: rule as PipelineFindingRule,
      severity,
      message,
      stageId: stageId ?? null,
    })),
  );
}

/** The stages whose probability is known. */
function ofDeals(stages: readonly Stage[]) {
  return stages.flatMap(({ stageId, label, outcome, meta }) =>
    meta.__typename === 'DealStageMeta' ? [{ stageId, label, outcome, probability: meta.probability }] : [],
  );
}

function lacks({ stages }: Pipeline, outcome: StageOutcome, applies: boolean): boolean {
  return applies && !stages.some((stage) => stage.outcome === outcome);
}

function findFalls(stages: readonly Stage[]): readonly Remark[] {
  const alive = ofDeals(stages).filter(({ outcome }) => outcome !== 'LOST');
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

function findLongLabels({ label, stages }: Pipeline): readonly Remark[] {
  const message = (long: string): string =>
    `The label "${long}" is longer than the ${maxV1LabelLength} characters that v1 takes.`;
  return [
    ...(label.length > maxV1LabelLength ? [{ message: message(label) }] : []),
    ...stages
      .filter((stage) => stage.label.length > maxV1LabelLength)
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
