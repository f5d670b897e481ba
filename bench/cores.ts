import { execFileSync } from 'node:child_process';

/** Which core the servers get, and what to say about it. */
interface Cores {
  /** Null if nothing is pinned. */
  readonly server: number | null;
  readonly sentence: string;
}

/** Pins this process, and so the stub that it starts, to one core and gives another one for the servers, if it can. */
export function divideCores(): Cores {
  const cores = listCores();
  if (cores === null) return { server: null, sentence: 'Nothing is pinned to a core: there is no taskset.' };
  const [server, load] = cores;
  if (server === undefined || load === undefined)
    return { server: null, sentence: 'Nothing is pinned to a core: there is only one.' };
  execFileSync('taskset', ['-a', '-c', '-p', String(load), String(process.pid)]);
  return { server, sentence: `Servers run on core ${server}, the load and the stub on core ${load}.` };
}

/** The cores that this process may use; null if that cannot be had. */
function listCores(): readonly number[] | null {
  try {
    const text = execFileSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
    const list = text.slice(text.lastIndexOf(':') + 1).trim();
    return list.split(',').flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  } catch {
    return null;
  }
}
