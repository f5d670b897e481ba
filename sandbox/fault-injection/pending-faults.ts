import { matches } from './fault-rule.ts';
import type { FaultRule, FaultTarget } from './fault-rule.ts';

/** The faults that wait for their requests. */
export interface FaultList {
  add(rule: FaultRule): void;
  clear(): void;
  /** The first rule for the request that has times left, counted down by this one. */
  take(target: FaultTarget): FaultRule | undefined;
  /** The rules with the times that each has left. */
  entries(): readonly FaultRule[];
}

/** Keeps fault rules in the order in which they were added, starting with those given. */
export function createFaultList(initial: readonly FaultRule[]): FaultList {
  let rules = [...initial];
  return {
    add: (rule) => void rules.push(rule),
    clear: () => void (rules = []),
    take(target) {
      const place = rules.findIndex((rule) => matches(rule, target));
      const rule = rules[place];
      if (rule?.times !== undefined) {
        rules = rule.times > 1 ? rules.with(place, { ...rule, times: rule.times - 1 }) : rules.toSpliced(place, 1);
      }
      return rule;
    },
    entries: () => rules,
  };
}
