import type { EnteredFiles } from './entered-files.ts';
import { house, nameRoom } from './rooms.ts';
import type { WalkName } from './walks.ts';

/** What each walk is called in the table's head. */
const names: Readonly<Record<WalkName, string>> = { query: 'query', mutation: 'mutation', entities: '`_entities`' };
const kinds = Object.keys(names) as WalkName[];

/** A Markdown table of the files that requests enter: a row for each room, with the walks of a file that not all enter. */
export function toWalkTable(entered: EnteredFiles): string {
  const files = [...new Set(kinds.flatMap((kind) => entered[kind]))];
  const rooms = Map.groupBy(files, (path) => nameRoom(house, path));
  const order = house.rooms.map(({ name }) => name).filter((name) => rooms.has(name));
  const rows = order.map((room) => `| ${room} | ${toCell(rooms.get(room) ?? [], entered)} |`);
  return ['| room | files |', '| --- | --- |', ...rows].join('\n');
}

function toCell(files: readonly string[], entered: EnteredFiles): string {
  const groups = Map.groupBy(files, (path) =>
    kinds
      .filter((kind) => entered[kind].includes(path))
      .map((kind) => names[kind])
      .join(' and '),
  );
  const all = Object.values(names).join(' and ');
  const list = (walks: string): string => (groups.get(walks) ?? []).map(toName).toSorted().join(', ');
  const some = [...groups.keys()].filter((walks) => walks !== all).toSorted();
  return [...(groups.has(all) ? [list(all)] : []), ...some.map((walks) => `${walks} only: ${list(walks)}`)].join('; ');
}

function toName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.ts$/, '');
}
