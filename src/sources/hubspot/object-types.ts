import type { MetaField, ObjectType } from '../source.ts';

type Traits = Pick<ObjectType, 'maxStages' | 'metaField'>;

const customObject: Traits = { maxStages: 100, metaField: 'state' };
/** A custom object's type id, or its fully qualified name. */
const customObjectName = /^(2-\d+|p\d*_.+)$/;

/** HubSpot's documented limits and metadata by object type; the numeric type ids are other names for the same types. */
const traits: Readonly<Record<string, Traits>> = {
  ...sameTraits(['deals', '0-3'], 100, 'probability'),
  ...sameTraits(['tickets', '0-5'], 100, 'ticketState'),
  ...sameTraits(['appointments', 'courses', 'listings', 'services'], 30, null),
  ...sameTraits(['leads', '0-136', 'orders', '0-123'], 30, null),
};

/** What is known of an object type; one that HubSpot does not document has no limits of its own here. */
export function toObjectType(name: string): ObjectType {
  const known = Object.hasOwn(traits, name) ? traits[name] : undefined;
  const fallback: Traits = customObjectName.test(name) ? customObject : { maxStages: null, metaField: null };
  return { name, maxLabelLength: null, ...(known ?? fallback) };
}

function sameTraits(names: readonly string[], maxStages: number, metaField: MetaField | null): Record<string, Traits> {
  return Object.fromEntries(names.map((name) => [name, { maxStages, metaField }]));
}
