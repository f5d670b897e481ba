import { GraphQLError } from 'graphql';
import type { RequestError } from '../request-error.ts';
import type { OperationLimits } from './limits.ts';
import { toRefusal } from './require-within.ts';

/** What one operation's answer may still take, counted while it is made. */
export interface AnswerBudget {
  /** Why the answer is refused; null as long as it is not. */
  readonly refusal: RequestError | null;
  /** Counts objects before they are made. */
  addObjects(count: number): void;
  addBytes(count: number): void;
  /** Ends the making of a refused answer: always rejects, as graphql loses sight of promises beside what throws. */
  end(): Promise<never>;
}

/** What ends the making of a refused answer; nobody sees it. It has a path, so that graphql makes no copies of it. */
const ended = new GraphQLError('The answer is refused.', { path: [] });

/** Opens the budget of one operation; `onRefusal` is called once, if it is used up. */
export function openAnswerBudget(
  limits: Pick<OperationLimits, 'objects' | 'answerBytes'>,
  onRefusal: () => void,
): AnswerBudget {
  let [objects, bytes] = [0, 0];
  let refusal: RequestError | null = null;
  const refuse = (name: 'objects' | 'answerBytes', actual: number): void => {
    if (refusal !== null) return;
    refusal = toRefusal(name, limits[name], actual);
    onRefusal();
  };
  return {
    get refusal() {
      return refusal;
    },
    addObjects(count) {
      objects += count;
      if (objects > limits.objects) refuse('objects', objects);
    },
    addBytes(count) {
      bytes += count;
      if (bytes > limits.answerBytes) refuse('answerBytes', bytes);
    },
    end: () => Promise.reject(ended),
  };
}
