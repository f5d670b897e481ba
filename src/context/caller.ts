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

/** What a caller can be told of itself. */
export interface Viewer {
  readonly name: string | null;
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** What a caller may do; everybody may do all where nobody has to prove who they are. */
export function toViewer(caller: Caller | null): Viewer {
  const may = (scope: Scope): boolean => caller?.scopes.has(scope) ?? true;
  return { name: caller?.name ?? null, canRead: may('pipelines:read'), canWrite: may('pipelines:write') };
}

/** Whether a text names a scope. */
export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
