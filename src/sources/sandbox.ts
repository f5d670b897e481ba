import { sourceSettings } from './index.ts';
import type { SourceSettings } from './index.ts';

/** One source of each kind at the sandbox, each with a token, and so an account, of its own. */
export function sandboxSources(url: string): readonly SourceSettings[] {
  return sourceSettings.options.map(({ shape }) => {
    const kind = shape.kind.value;
    return sourceSettings.parse({ kind, name: kind, url, credential: { mode: 'static', token: `sandbox-${kind}` } });
  });
}
