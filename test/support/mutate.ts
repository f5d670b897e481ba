import type { Answer } from './gateway.ts';
import { errorFields } from './selections.ts';

/** A typed error of a mutation, with whatever of its fields there are. */
export interface MutationError {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly correlationId: string | null;
  readonly mayHaveBeenApplied: boolean;
  readonly [field: string]: unknown;
}

/** A mutation's payload: what `selection` asked for, and the errors. */
export interface Payload {
  readonly errors: readonly MutationError[];
  // A test knows the shape that it asked for.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly [field: string]: any;
}

type Ask = (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answer>;

/** The text of a mutation with its input as the variable `input`. */
export function toMutation(name: string, selection = ''): string {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} errors { ${errorFields} } } }`;
}

/** Runs one mutation; fails where the answer has top-level errors, which only GraphQL's own refusals are. */
export async function mutate(
  gateway: { readonly ask: Ask },
  name: string,
  input: object,
  selection = '',
  headers: Record<string, string> = {},
): Promise<Payload> {
  const answer = await gateway.ask(toMutation(name, selection), { input }, headers);
  if (answer.errors !== undefined) throw new Error(answer.text);
  return answer.data[name];
}

/** Each error’s code and path, such as `INVALID_INPUT stages.0.label`. */
export function problemsOf(errors: readonly Pick<MutationError, 'code' | 'path'>[]): string[] {
  return errors.map(({ code, path }) => `${code} ${path?.join('.')}`);
}

/** What `problemsOf` gives where nothing but these places of an input is wrong. */
export function invalidInput(...paths: string[]): string[] {
  return paths.map((path) => `INVALID_INPUT ${path}`);
}
