/** A folder of the code, or files of one that stand on another floor than the rest of it. */
interface Room {
  readonly name: string;
  /** Files, and folders with a slash at the end, from the project's root; the longest that fits a file is its room. */
  readonly paths: readonly string[];
  /** The only rooms that may import this one, if not all above it may. */
  readonly onlyFor?: readonly string[];
  /** The only files of this room that other rooms may import, if not all. */
  readonly doors?: readonly string[];
}

/** Which rooms there are, and what may stand outside them. */
export interface House {
  /** From the top down: each imports only itself and rooms below it. */
  readonly rooms: readonly Room[];
  /** The only files that stand in `src/` itself. */
  readonly looseFiles: readonly string[];
}

/** The rooms of this project, from the start of the process down to what knows of nothing else. */
export const house: House = {
  looseFiles: ['src/main.ts', 'src/server.ts'],
  rooms: [
    { name: 'main.ts', paths: ['src/main.ts'] },
    { name: 'server.ts', paths: ['src/server.ts'] },
    { name: 'config', paths: ['src/config/'] },
    { name: 'http', paths: ['src/http/'] },
    { name: 'graphql', paths: ['src/graphql/'] },
    { name: 'resolvers', paths: ['src/resolvers/'] },
    { name: 'queries', paths: ['src/queries/'] },
    { name: 'mutations', paths: ['src/mutations/'] },
    {
      name: 'generated/schema.ts',
      paths: ['src/generated/schema.ts'],
      onlyFor: ['resolvers', 'queries', 'mutations'],
    },
    { name: 'comparison', paths: ['src/comparison/'] },
    { name: 'context', paths: ['src/context/'] },
    { name: 'telemetry', paths: ['src/telemetry/'] },
    { name: 'sources', paths: ['src/sources/'] },
    { name: 'sources/hubspot-v1', paths: ['src/sources/hubspot-v1/'] },
    { name: 'sources/hubspot', paths: ['src/sources/hubspot/'] },
    { name: 'sources/organization', paths: ['src/sources/organization/'] },
    { name: 'sources/hubspot-api', paths: ['src/sources/hubspot-api/'] },
    { name: 'sources/redis', paths: ['src/sources/redis/'] },
    { name: 'sources/cache', paths: ['src/sources/cache/'] },
    { name: 'sources/upstream', paths: ['src/sources/upstream/'] },
    {
      // What every source's folder is built on, while the rest of `sources/` puts those folders together.
      name: 'sources (contract)',
      paths: [
        'source',
        'source-status',
        'parts',
        'input-rules',
        'traits',
        'find-source',
        'sunset',
        'observer',
        'settings',
        'wire',
        'turn',
        'once',
        'long-list',
        'whole-pipeline',
        'snapshot-read',
        'shared-read',
        'write-results',
        'write-turns',
      ].map((name) => `src/sources/${name}.ts`),
    },
    { name: 'domain', paths: ['src/domain/'] },
    { name: 'generated/enums.ts', paths: ['src/generated/enums.ts'] },
    { name: 'package', paths: ['src/package/'] },
    { name: 'sandbox', paths: ['sandbox/'], doors: ['sandbox/server.ts', 'sandbox/settings.ts', 'sandbox/options.ts'] },
  ],
};

/** The room that a file is in; null if no room of the house takes it. */
export function findRoom(house: House, path: string): Room | null {
  const fitting = house.rooms
    .flatMap((room) => room.paths.map((place) => ({ room, place })))
    .filter(({ place }) => (place.endsWith('/') ? path.startsWith(place) : path === place))
    .toSorted((a, b) => b.place.length - a.place.length);
  return fitting[0]?.room ?? null;
}

/** The name of a file's room; a folder, or a file in `src/`, that the house does not list is a room by itself. */
export function nameRoom(house: House, path: string): string {
  const room = findRoom(house, path);
  if (room !== null) return room.name;
  const inside = path.replace(/^src\//, '');
  return inside.includes('/') ? inside.slice(0, inside.lastIndexOf('/')) : inside;
}

/** Puts files in the order of their rooms from the top down, and of their paths within one. */
export function compareRooms(house: House, a: string, b: string): number {
  const rank = (path: string): number => house.rooms.findIndex((room) => room === findRoom(house, path));
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
