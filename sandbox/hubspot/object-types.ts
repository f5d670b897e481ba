import { createHash } from 'node:crypto';
import { refuse, refuseNotFound } from './api-error.ts';
import { assumptions } from './assumptions.ts';

/** The metadata key that tells what a stage means; all but deals and tickets have `state`. */
export type MetadataKey = 'probability' | 'ticketState' | 'state';

/** What is known of one of HubSpot's object types. */
export interface ObjectType {
  /** The name in paths, such as `deals`; a custom object has its type id. */
  readonly name: string;
  readonly typeId: string;
  /** The name in audit entries and at v1, such as `DEAL`. */
  readonly internalName: string;
  readonly metadataKey: MetadataKey;
  /** What becomes of metadata keys beside that and isClosed. */
  readonly unknownKeys: 'kept' | 'dropped';
  readonly stageLimit: number;
  readonly pipelineLimit: number;
  readonly defaultPipelineId: string | null;
}

// Dropped keys: observed 2026-10. The general form has further keys in public clients, such as leadState, so they stay.
const general = { metadataKey: 'state', unknownKeys: assumptions.generalMetadataKeys } as const;
const custom = { metadataKey: 'state', unknownKeys: 'dropped', stageLimit: 100 } as const;

// Stage limits: documented, of contacts, companies and tasks assumed. Pipeline limits of deals, tickets, orders and custom
// objects: observed 2026-10 in one test account. HubSpot sets them by subscription, so the rest have the same 100.
const standardTypes: readonly ObjectType[] = [
  objectType('deals', '0-3', 'DEAL', {
    metadataKey: 'probability',
    unknownKeys: 'dropped',
    stageLimit: 100,
    defaultPipelineId: 'default',
  }),
  objectType('tickets', '0-5', 'TICKET', {
    metadataKey: 'ticketState',
    unknownKeys: 'dropped',
    stageLimit: 100,
    defaultPipelineId: '0',
  }),
  objectType('contacts', '0-1', 'CONTACT', general),
  objectType('companies', '0-2', 'COMPANY', general),
  objectType('tasks', '0-27', 'TASK', general),
  objectType('orders', '0-123', 'ORDER', { ...general, pipelineLimit: 50 }),
  objectType('leads', '0-136', 'LEAD', general),
  objectType('services', '0-162', 'SERVICE', general),
  objectType('courses', '0-410', 'COURSE', general),
  objectType('listings', '0-420', 'LISTING', general),
  objectType('appointments', '0-421', 'APPOINTMENT', general),
];

const byPathName = new Map(standardTypes.flatMap((type) => [[type.name, type] as const, [type.typeId, type] as const]));

function objectType(
  name: string,
  typeId: string,
  internalName: string,
  rest: Pick<ObjectType, 'metadataKey' | 'unknownKeys'> & Partial<ObjectType>,
): ObjectType {
  return { name, typeId, internalName, stageLimit: 30, pipelineLimit: 100, defaultPipelineId: null, ...rest };
}

/**
 * The object type that a path segment names: a plural name, a type id, or a custom object's fully qualified name. An
 * unknown one is refused with 400 (HubSpot, observed 2026-10: names and type ids both work, a bare custom name does not).
 */
export function resolveObjectType(pathName: string): ObjectType {
  if (pathName === assumptions.goneTypeId) refuseNotFound(assumptions.unknownPath);
  return findObjectType(pathName) ?? refuse(400, { message: `Unable to infer object type from: ${pathName}` });
}

/** The object type that a path segment names; undefined if HubSpot would not know the name. */
export function findObjectType(pathName: string): ObjectType | undefined {
  const standard = byPathName.get(pathName);
  if (standard !== undefined) return standard;
  if (/^2-\d{1,12}$/.test(pathName)) return customObject(pathName);
  if (/^p\d+_[a-z]\w*$/i.test(pathName)) return customObject(typeIdOfQualifiedName(pathName));
  return undefined;
}

function customObject(typeId: string): ObjectType {
  return objectType(typeId, typeId, 'CUSTOM', custom);
}

// There are no object schemas here to look a name up in, so the name itself decides the id: the same name, the same object.
function typeIdOfQualifiedName(name: string): string {
  return `2-${createHash('sha256').update(name.toLowerCase()).digest().readUInt32BE(0)}`;
}
