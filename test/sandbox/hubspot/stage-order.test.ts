import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertByOrder, settleTies } from '../../../sandbox/hubspot/stage-order.ts';

const numbers = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });
const toStages = (sent: readonly number[]) => sent.map((displayOrder, id) => ({ id, label: `${id}`, displayOrder }));
const numbersOf = (stages: readonly { displayOrder: number }[]) => stages.map((stage) => stage.displayOrder);

test('ties of display orders inside one request are settled: no number twice, and after a tie the numbers are 0 to n-1', () => {
  fc.assert(
    fc.property(numbers, (sent) => {
      const settled = numbersOf(settleTies(toStages(sent), 'renumbered'));
      expect(new Set(settled).size).toBe(sent.length);
      if (new Set(sent).size === sent.length) expect(settled).toEqual(sent);
      else expect(settled.toSorted((a, b) => a - b)).toEqual(sent.map((_, place) => place));
    }),
  );
});

test('to settle ties never turns two different display orders around, and puts the later of two equal ones first', () => {
  fc.assert(
    fc.property(numbers, (sent) => {
      const settled = settleTies(toStages(sent), 'renumbered');
      for (const [a, one] of settled.entries()) {
        for (const [b, other] of settled.entries()) {
          const comesFirst = sent[a]! < sent[b]! || (sent[a] === sent[b] && a > b);
          if (a !== b) expect(one.displayOrder < other.displayOrder).toBe(comesFirst);
        }
      }
    }),
  );
});

test('no display order is ever there twice, however stages are placed one after the other', () => {
  fc.assert(
    fc.property(numbers, (sent) => {
      let stages: readonly { id: number; label: string; displayOrder: number }[] = [];
      for (const stage of toStages(sent)) {
        const holder = stages.find((each) => each.displayOrder === stage.displayOrder);
        stages = insertByOrder(stages, stage, 'renumbered');
        expect(new Set(numbersOf(stages)).size).toBe(stages.length);
        const sequence = stages.toSorted((a, b) => a.displayOrder - b.displayOrder).map(({ id }) => id);
        if (holder !== undefined) expect(sequence.indexOf(stage.id)).toBe(sequence.indexOf(holder.id) + 1);
      }
    }),
  );
});
