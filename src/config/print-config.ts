import type { SourceSettings } from '../sources/index.ts';
import type { Config } from './config.ts';
import type { Environment } from './environment.ts';
import { settings } from './variables.ts';

const hidden = '(hidden)';

/** The configuration as JSON: each variable's text, or what holds without it, and the sources. Secrets only show that they are set. */
export function printConfig(env: Environment, config: Config): string {
  const used = config.sandbox === null ? settings.gateway : [...settings.gateway, ...settings.sandbox];
  const values = used.map(({ name, fallback, isSecret }) => {
    const text = env[name] ?? fallback;
    return [name, isSecret && text !== null ? hidden : withoutPassword(text)];
  });
  return JSON.stringify({ settings: Object.fromEntries(values), sources: config.sources.map(withoutToken) }, null, 2);
}

/** A URL without the password in it; any other text as it is. */
function withoutPassword(text: string | null): string | null {
  return text?.replaceAll(/(\w:\/\/[^\s/:@]*):[^\s/@]*@/g, `$1:${hidden}@`) ?? null;
}

function withoutToken(source: SourceSettings): object {
  const { credential } = source;
  return credential.mode === 'static' ? { ...source, credential: { ...credential, token: hidden } } : source;
}
