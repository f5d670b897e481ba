import type { Environment } from './environment.ts';

const ownPrefix = /^(?:GATEWAY|HUBSPOT|ORGANIZATION|SANDBOX)_/;
/** What Kubernetes sets in each container for a service that is called `gateway`, `hubspot` or the like. */
const ofService = /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

/** A problem for each variable that is named like one of the gateway's own but is none, so that no typing error goes unseen. */
export function listUnknownVariables(env: Environment, known: readonly string[]): readonly string[] {
  const isUnknown = (name: string): boolean =>
    ownPrefix.test(name) && !known.includes(name) && !ofService.test(name) && !/^\w+:\/\//.test(env[name] ?? '');
  return Object.keys(env)
    .filter(isUnknown)
    .map((name) => {
      const closest = findClosest(name, known);
      return `${name}: is no setting${closest === null ? '' : `; did you mean ${closest}?`}`;
    });
}

/** The name that differs least; null if each differs by more than a third of its letters. */
function findClosest(name: string, known: readonly string[]): string | null {
  let closest: string | null = null;
  let least = Math.ceil(name.length / 3);
  for (const candidate of known) {
    const distance = countEdits(name, candidate);
    if (distance >= least) continue;
    least = distance;
    closest = candidate;
  }
  return closest;
}

/** How many letters have to be put in, taken out or replaced to make one text of the other (Levenshtein's distance). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
