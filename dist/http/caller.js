/** What a caller may be allowed to do. */
export const scopes = ['pipelines:read', 'pipelines:write'];
/** Whether a text names a scope. */
export function isScope(text) {
  return scopes.includes(text);
}
