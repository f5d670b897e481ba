/** The header of a request that is to be answered as always, but to leave nothing behind. */
export const unappliedHeader = 'x-sandbox-unapplied';

/** Runs `work` in a transaction that keeps nothing of it, and gives what it gives. */
export function withoutEffect<T>(transaction: (work: () => never) => never, work: () => T): T {
  const answers: T[] = [];
  const undo = new Error('Nothing of this is to be kept');
  try {
    return transaction(() => {
      answers.push(work());
      throw undo;
    });
  } catch (error) {
    const [answer] = answers;
    if (error !== undo || answer === undefined) throw error;
    return answer;
  }
}
