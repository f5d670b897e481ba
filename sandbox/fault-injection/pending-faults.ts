import { matches } from './fault-rule.ts';
import type { FaultRule, RequestTraits } from './fault-rule.ts';

/** The fault rules that wait for their requests. */
export interface PendingFaults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The first rule for the request that has times left, counted down by this one. */
  take(request: RequestTraits): FaultRule | undefined;
  /** The rules with the times that each has left. */
  entries(): readonly FaultRule[];
}

/** Keeps fault rules in the order in which they were added, starting with those given. */
export function createPendingFaults(initial: readonly FaultRule[]): PendingFaults {
  let rules = [...initial];
  return {
    add: (rule) => void rules.push(rule),
    clear: () => void (rules = []),
    take(request) {
      const index = rules.findIndex((rule) => matches(rule, request));
      const rule = rules[index];
      if (rule?.times !== undefined) {
        rules = rule.times > 1 ? rules.with(index, { ...rule, times: rule.times - 1 }) : rules.toSpliced(index, 1);
      }
      return rule;
    },
    entries: () => rules,
  };
}
