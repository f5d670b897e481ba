import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../telemetry/metrics.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { KeptEntities } from './kept-entities.ts';

/** Adds how often a kept answer served, and how much memory they take. */
export function addKeptAnswersMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  answers: Pick<KeptAnswers, 'counts' | 'size'>,
  entities: Pick<KeptEntities, 'assembled' | 'size'>,
): void {
  registry.registerMetric(
    new Counter({
      name: 'pipeline_gateway_kept_answers_total',
      help: 'Requests answered with what was kept: a whole answer (`hit`), one whose snapshots were read again (`confirmed`), entities (`assembled`); or with nothing kept (`miss`).',
      labelNames: ['result'],
      registers: [],
      collect() {
        this.reset();
        this.inc({ result: 'hit' }, answers.counts.hits);
        this.inc({ result: 'confirmed' }, answers.counts.confirmed);
        this.inc({ result: 'assembled' }, entities.assembled());
        this.inc({ result: 'miss' }, answers.counts.misses - entities.assembled());
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'pipeline_gateway_kept_answers_bytes',
      help: 'Memory that kept answers and entities take (`used`), and that they may take (`allowed`).',
      labelNames: ['state'],
      registers: [],
      collect() {
        const sizes = [answers.size(), entities.size()] as const;
        this.set({ state: 'used' }, sizes[0].bytes + sizes[1].bytes);
        this.set({ state: 'allowed' }, sizes[0].maxBytes + sizes[1].maxBytes);
      },
    }),
  );
}
