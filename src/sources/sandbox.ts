import { sourceSettings } from './index.ts';
import type { SourceSettings } from './index.ts';

/** One source of each kind at the sandbox, each with a token, and so an account, of its own. */
export function sandboxSources(url: string): readonly SourceSettings[] {
  return (['hubspot', 'hubspot-v1', 'organization'] as const).map((kind) =>
    sourceSettings.parse({ kind, name: kind, url, credential: { mode: 'static', token: `sandbox-${kind}` } }),
  );
}
