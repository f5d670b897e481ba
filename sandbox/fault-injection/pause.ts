import type { ServerResponse } from 'node:http';

/** Waits; true when the time is over, false at once when the connection ends before that. */
export async function pause(ms: number, response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return false;
  return new Promise((resolve) => {
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      response.off('close', onClose);
      resolve(isOver);
    };
    const onClose = (): void => end(false);
    const timer = setTimeout(() => end(true), ms);
    response.once('close', onClose);
  });
}
