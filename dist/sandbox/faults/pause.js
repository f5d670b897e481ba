/** Waits; true when the time is over, false at once when the connection ends before that. */
export async function pause(ms, response) {
  if (response.destroyed) return false;
  return new Promise((resolve) => {
    const end = (isOver) => {
      clearTimeout(timer);
      response.off('close', onClose);
      resolve(isOver);
    };
    const onClose = () => end(false);
    const timer = setTimeout(() => end(true), ms);
    response.once('close', onClose);
  });
}
