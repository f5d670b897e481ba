/** A request for entities, apart from which of them it chooses. */
interface EntityRequest {
  /** Equal for requests that differ in their choice alone. */
  readonly familyKey: string;
  /** The representations, each as text. */
  readonly items: readonly string[];
}

/** What decides an answer beside the variables; null if what was sent is no operation. */
export function toDocumentKey(form: string, sent: unknown): string | null {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return null;
  const { variables: _variables, ...document } = sent as Readonly<Record<string, unknown>>;
  return form + JSON.stringify(document);
}

/** The request, whose representations are in the variable; null if there is no list of them. */
export function splitRequest(documentKey: string, sent: unknown, variable: string): EntityRequest | null {
  const { variables } = sent as { readonly variables?: unknown };
  if (typeof variables !== 'object' || variables === null) return null;
  const { [variable]: representations, ...others } = variables as Readonly<Record<string, unknown>>;
  if (!Array.isArray(representations)) return null;
  return {
    familyKey: `${documentKey}${JSON.stringify(others)}`,
    items: representations.map((representation) => JSON.stringify(representation) ?? 'null'),
  };
}

/** The entities of an answer, each as text; null if there is no list of them. */
export function toItemTexts(items: unknown): readonly string[] | null {
  return Array.isArray(items) ? items.map((item) => JSON.stringify(item)) : null;
}
