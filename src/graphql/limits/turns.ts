import { isTurnOver, nextTurn } from '../../sources/turn.ts';

/** Lets many answers be made side by side in one process, none of which holds the event loop for long. */
export interface Turns {
  /** Settles as what `goOn` gives in one of the next turns, with those of other answers in between. */
  wait<T>(answer: object, goOn: () => T | Promise<T>): Promise<T>;
}

/** What waits for one answer, first come first served. */
interface Queue {
  readonly waiters: (() => void)[];
  /** How many of them have gone; taking each off the front would copy a long list every time. */
  gone: number;
}

/** Opens the turns of one process. */
export function createTurns(): Turns {
  const queues = new Map<object, Queue>();
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (queues.size > 0) {
      await nextTurn();
      while (queues.size > 0 && !isTurnOver()) await letEachGo(queues);
    }
    isRunning = false;
  }

  return {
    wait: (answer, goOn) =>
      new Promise((resolve) => {
        const queue = queues.get(answer) ?? { waiters: [], gone: 0 };
        queues.set(answer, queue);
        queue.waiters.push(() => resolve(goOn()));
        if (!isRunning) void run();
      }),
  };
}

/** Lets one of each answer's waiters go. */
async function letEachGo(queues: Map<object, Queue>): Promise<void> {
  for (const [answer, queue] of queues) {
    queue.waiters[queue.gone]?.();
    queue.gone += 1;
    if (queue.gone >= queue.waiters.length) queues.delete(answer);
    // What waited goes on in a microtask, and is to have gone on before the time is looked at.
    await Promise.resolve();
  }
}
