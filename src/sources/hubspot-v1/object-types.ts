import { maxV1LabelLength, toObjectType as toHubSpotObjectType } from '../hubspot-api/object-types.ts';
import type { ObjectType } from '../source.ts';

/** What is known of an object type: as in the later versions, with v1's own limit for labels. */
export function toObjectType(name: string): ObjectType {
  return { ...toHubSpotObjectType(name), maxLabelLength: maxV1LabelLength };
}
