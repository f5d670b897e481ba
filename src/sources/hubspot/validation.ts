import type { WriteOptions } from '../source.ts';

/** Both flags, always: which of the two HubSpot honours depends on the object type, and the defaults on the version. */
export function toValidation({ validateReferences }: WriteOptions): Record<string, boolean> {
  return {
    validateDealStageUsagesBeforeDelete: validateReferences,
    validateReferencesBeforeDelete: validateReferences,
  };
}
