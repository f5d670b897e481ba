/** What a caller may be allowed to do. */
export const scopes = ['pipelines:read', 'pipelines:write'] as const;
/** One thing that a caller may be allowed to do. */
export type Scope = (typeof scopes)[number];

/** Who sent a request, once that is proved. */
export interface Caller {
  /** The API key's name or the token's subject; no secret. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** Whether a text names a scope. */
export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
