/** Lets many answers be made side by side in one process, none of which holds the event loop for long. */
export interface Turns {
  /** Whether this turn of the event loop has been used for long enough. */
  isOver(): boolean;
  /** Settles as what `goOn` gives in one of the next turns, with those of other answers in between. */
  wait<T>(answer: object, goOn: () => T | Promise<T>): Promise<T>;
}

/** How long answers are made in one turn, in milliseconds: sockets, timers and health checks come in between. */
const turnMs = 20;

/** What waits for one answer, first come first served. */
interface Queue {
  readonly waiters: (() => void)[];
  /** How many of them have gone; taking each off the front would copy a long list every time. */
  gone: number;
}

/** Opens the turns of one process. */
export function createTurns(): Turns {
  const queues = new Map<object, Queue>();
  let turnBeganAt: number | null = null;
  let isRunning = false;

  function isOver(): boolean {
    const now = performance.now();
    if (turnBeganAt === null) {
      turnBeganAt = now;
      setImmediate(() => (turnBeganAt = null));
    }
    return now - turnBeganAt > turnMs;
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (queues.size > 0) {
      await new Promise((resolve) => void setImmediate(resolve));
      while (queues.size > 0 && !isOver()) await letEachGo(queues);
    }
    isRunning = false;
  }

  return {
    isOver,
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
