/** What leads to what: each node with the nodes that it names, and never itself. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Puts arrows together; both ends of each become nodes, and an arrow from a node to itself is left out. */
export function toGraph(arrows: Iterable<readonly [from: string, to: string]>): Graph {
  const graph = new Map<string, Set<string>>();
  const targetsOf = (node: string): Set<string> => {
    const targets = graph.get(node) ?? new Set();
    graph.set(node, targets);
    return targets;
  };
  for (const [from, to] of arrows) {
    targetsOf(to);
    if (from !== to) targetsOf(from).add(to);
  }
  return graph;
}

/** The circles: sets of nodes that all lead to each other, the largest first. */
export function findCircles(graph: Graph): readonly (readonly string[])[] {
  const reach = findReach(graph);
  const circles = new Map<string, readonly string[]>();
  for (const [node, reached] of reach) {
    if (!reached.has(node)) continue;
    const circle = [...reached].filter((other) => reach.get(other)?.has(node)).toSorted();
    circles.set(circle.join(), circle);
  }
  return [...circles.values()].toSorted((a, b) => b.length - a.length);
}

/** How many nodes the longest chain has; a circle counts as one. */
export function measureLongestChain(graph: Graph): number {
  const reach = findReach(graph);
  const lengths = new Map<string, number>();
  const lengthFrom = (node: string): number => {
    const known = lengths.get(node);
    if (known !== undefined) return known;
    const below = [...(reach.get(node) ?? [])].filter((other) => other !== node && !reach.get(other)?.has(node));
    const length = 1 + Math.max(0, ...below.map(lengthFrom));
    lengths.set(node, length);
    return length;
  };
  return Math.max(0, ...[...graph.keys()].map(lengthFrom));
}

/** Each node with all that it leads to in one step or more. */
function findReach(graph: Graph): Graph {
  return new Map(
    [...graph].map(([node, targets]) => {
      // A set that grows while it is walked, so that each node is visited once.
      const reached = new Set(targets);
      for (const each of reached) for (const target of graph.get(each) ?? []) reached.add(target);
      return [node, reached];
    }),
  );
}
