/** How long one piece of work goes on in one turn of the event loop: sockets, timers and health checks come in between. */
const turnMs = 20;

let turnBeganAt: number | null = null;

/** Whether this turn of the event loop has been used for long enough, by whatever the process works at. */
export function isTurnOver(): boolean {
  const now = performance.now();
  if (turnBeganAt === null) {
    turnBeganAt = now;
    setImmediate(() => (turnBeganAt = null));
  }
  return now - turnBeganAt > turnMs;
}

/** Goes on in the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
