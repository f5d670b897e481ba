import type { ObjectType } from '../source.ts';

/** The longest label that crm-pipelines v1 takes (documented); the later versions state no limit. */
export const maxV1LabelLength = 36;

type Traits = Pick<ObjectType, 'maxStages' | 'metaField' | 'newStageMeta' | 'stageIdMeanings'>;

/** What HubSpot's own stage ids say; portals rename their stages and keep the ids. */
const dealStageIds: Traits['stageIdMeanings'] = {
  appointmentscheduled: 'OPEN',
  qualifiedtobuy: 'OPEN',
  presentationscheduled: 'OPEN',
  decisionmakerboughtin: 'OPEN',
  contractsent: 'OPEN',
  closedwon: 'WON',
  closedlost: 'LOST',
};

const noMeta = { metaField: null, newStageMeta: {}, stageIdMeanings: {} } as const;
/** Missing states mean OPEN (observed), so that is what is sent for them. */
const customObject: Traits = {
  maxStages: 100,
  metaField: 'state',
  newStageMeta: { state: 'OPEN' },
  stageIdMeanings: {},
};
/** A custom object's type id, or its fully qualified name. */
const customObjectName = /^(2-\d+|p\d*_.+)$/;

/** HubSpot's documented limits and metadata by object type; the numeric type ids are other names for the same types. */
const traits: Readonly<Record<string, Traits>> = {
  ...sameTraits(['deals', '0-3'], {
    maxStages: 100,
    metaField: 'probability',
    newStageMeta: null,
    stageIdMeanings: dealStageIds,
  }),
  ...sameTraits(['tickets', '0-5'], {
    maxStages: 100,
    metaField: 'ticketState',
    newStageMeta: { ticketState: 'OPEN' },
    stageIdMeanings: {},
  }),
  ...sameTraits(['appointments', 'courses', 'listings', 'services'], { maxStages: 30, ...noMeta }),
  ...sameTraits(['leads', '0-136', 'orders', '0-123'], { maxStages: 30, ...noMeta }),
};

/** What is known of an object type; one that HubSpot does not document has no limits of its own here. */
export function toObjectType(name: string): ObjectType {
  const known = Object.hasOwn(traits, name) ? traits[name] : undefined;
  const fallback: Traits = customObjectName.test(name) ? customObject : { maxStages: null, ...noMeta };
  const portableLabels = { maxLength: maxV1LabelLength, takenBy: 'v1' };
  return { name, maxLabelLength: null, portableLabels, ...(known ?? fallback) };
}

function sameTraits(names: readonly string[], shared: Traits): Record<string, Traits> {
  return Object.fromEntries(names.map((name) => [name, shared]));
}
