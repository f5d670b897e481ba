import { sourceSettings } from './sources/index.js';
/** One source of each kind at the sandbox, each with a token, and so an account, of its own. */
export function sandboxSources(url) {
  return ['hubspot', 'hubspot-v1', 'organization'].map((kind) =>
    sourceSettings.parse({ kind, name: kind, url, credential: { mode: 'static', token: `sandbox-${kind}` } }),
  );
}
