import type { Attack } from './attack.ts';
import type { Target } from './target.ts';

/** A list of all pipelines. */
export const list = (selection: string) => `{ pipelines(first: 100) { nodes { ${selection} } failures { code } } }`;

/** Asks once. */
export function asking(query: string): Attack['run'] {
  return async (target) => readCode(await target.ask(query));
}

const sideBySide = 20;

/** Asks so often, each time as another caller unless one is given; gives the code of the last answer that is not `OK`. */
export async function askAll(target: Target, query: string, times: number, caller?: number): Promise<string> {
  let result = 'OK';
  for (let first = 0; first < times; first += sideBySide) {
    const asked = Array.from({ length: sideBySide }, (_, index) => target.ask(query, {}, caller ?? first + index));
    result = (await Promise.all(asked)).map(readCode).find((code) => code !== 'OK') ?? result;
  }
  return result;
}

/** The first error's code, or `OK`. */
export function readCode({ data, errors }: Awaited<ReturnType<Target['ask']>>): string {
  const [first] = errors ?? data?.pipelines?.failures ?? [];
  return first === undefined ? 'OK' : String(first.extensions?.code ?? first.code);
}
