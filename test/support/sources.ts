import { sourceSettings } from '../../src/sources/index.ts';
import type { SourceSettings } from '../../src/sources/index.ts';

/** A HubSpot source at `url`, named `hubspot` and with the sandbox's usual token unless `more` says otherwise. */
export function hubSpotAt(url: string, more: object = {}): SourceSettings {
  const credential = { mode: 'static', token: 'sandbox-hubspot' };
  return sourceSettings.parse({ kind: 'hubspot', name: 'hubspot', url, credential, ...more });
}

/** The same, called with what each caller brings in the header `x-hubspot-token`. */
export function forwardingHubSpotAt(url: string, more: object = {}): SourceSettings {
  return hubSpotAt(url, { credential: { mode: 'forward', header: 'x-hubspot-token' }, ...more });
}
