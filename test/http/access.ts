import { gatewaySettings } from '../../src/config.ts';
import { toAccessSettings } from '../../src/http/access-settings.ts';

/** The access settings that these variables make. */
export function accessOf(variables: Record<string, string>) {
  return toAccessSettings(gatewaySettings.parse(variables));
}
