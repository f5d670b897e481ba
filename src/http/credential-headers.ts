import type { Sources } from '../sources/source.ts';

/** The headers, in lower case and each once, that callers send upstream tokens in. */
export function listCredentialHeaders(sources: Sources): readonly string[] {
  const names = sources.flatMap(({ credential }) =>
    credential.mode === 'forward' ? [credential.header.toLowerCase()] : [],
  );
  return [...new Set(names)];
}
