import type { Page } from '../domain/page.ts';
import { invalidInput, PipelineFault } from '../domain/problems.ts';

/** The largest page. */
export const maxFirst = 500;

/** The page size asked for: 0 to 500, `fallback` where null. A PipelineFault that names the limit otherwise. */
export function readFirst(first: number | null | undefined, fallback: number): number {
  if (first === null || first === undefined) return fallback;
  if (first >= 0 && first <= maxFirst) return first;
  throw new PipelineFault([invalidInput(['first'], `${first} is not between 0 and ${maxFirst}.`)]);
}

/** The fault of an `after` that is no cursor of the list. */
export function notACursor(): PipelineFault {
  return new PipelineFault([invalidInput(['after'], 'This is not a cursor of this list.')]);
}

/** The first `first` of `items` from `start` on. */
export function toPage<Item>(items: readonly Item[], start: number, first: number): Page<Item> {
  return {
    nodes: items.slice(start, start + first),
    totalCount: items.length,
    hasNextPage: start + first < items.length,
    hasPreviousPage: start > 0,
  };
}

/** The page's edges, each with its cursor. */
export function toEdges<Item>({ nodes }: Page<Item>, toCursor: (item: Item) => string) {
  return nodes.map((node) => ({ node, cursor: toCursor(node) }));
}

/** The Relay page information. */
export function toPageInfo<Item>(page: Page<Item>, toCursor: (item: Item) => string) {
  const { nodes, hasNextPage, hasPreviousPage } = page;
  const [start] = nodes;
  const end = nodes.at(-1);
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: start === undefined ? null : toCursor(start),
    endCursor: end === undefined ? null : toCursor(end),
  };
}
