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

/**
 * What every object type has but deals and tickets (observed of custom objects, contacts, tasks and leads). A missing
 * state means OPEN, so that is what is sent for one.
 */
const general: Traits = { maxStages: null, metaField: 'state', newStageMeta: { state: 'OPEN' }, stageIdMeanings: {} };
const limited: Traits = { ...general, maxStages: 30 };

/** HubSpot's documented limits and metadata by object type. */
const traits = new Map<string, Traits>([
  ['deals', { maxStages: 100, metaField: 'probability', newStageMeta: null, stageIdMeanings: dealStageIds }],
  ['tickets', { maxStages: 100, metaField: 'ticketState', newStageMeta: { ticketState: 'OPEN' }, stageIdMeanings: {} }],
  ...['appointments', 'courses', 'leads', 'listings', 'orders', 'services'].map((name) => [name, limited] as const),
]);

/** The numeric ids of HubSpot's own object types (observed), which are other names for the same types. */
const namesByTypeId = new Map([
  ['0-1', 'contacts'],
  ['0-2', 'companies'],
  ['0-3', 'deals'],
  ['0-5', 'tickets'],
  ['0-27', 'tasks'],
  ['0-123', 'orders'],
  ['0-136', 'leads'],
  ['0-162', 'services'],
  ['0-410', 'courses'],
  ['0-420', 'listings'],
  ['0-421', 'appointments'],
]);

/** What HubSpot calls its own records (documented); the rest follows from the type's name. */
function toLabels(plainName: string): ObjectType['labels'] {
  if (![...namesByTypeId.values()].includes(plainName)) return null;
  const plural = `${plainName.charAt(0).toUpperCase()}${plainName.slice(1)}`;
  return { singular: plural.replace(/ies$/, 'y').replace(/s$/, ''), plural };
}

/** A custom object's type id, or its fully qualified name. */
const customObjectName = /^(2-\d+|p\d*_.+)$/;

/** What is known of an object type; one that HubSpot does not document has no limits of its own here. */
export function toObjectType(name: string): ObjectType {
  const plainName = namesByTypeId.get(name) ?? name;
  const fallback: Traits = customObjectName.test(name) ? { ...general, maxStages: 100 } : general;
  const portableLabels = { maxLength: maxV1LabelLength, takenBy: 'v1' };
  return {
    name,
    labels: toLabels(plainName),
    maxLabelLength: null,
    portableLabels,
    metaVocabulary: `hubspot ${plainName}`,
    ...(traits.get(plainName) ?? fallback),
  };
}
