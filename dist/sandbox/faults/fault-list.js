import { matches } from './rule.js';
/** Keeps fault rules in the order in which they were added, starting with those given. */
export function createFaultList(initial) {
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
