import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../telemetry/metrics.ts';
import type { KeptAnswers } from './kept-answers.ts';

/** Adds how often a kept answer served, and how much memory they take. */
export function addKeptAnswersMetrics({ registry }: Pick<Metrics, 'registry'>, { counts, size }: KeptAnswers): void {
  registry.registerMetric(
    new Counter({
      name: 'pipeline_gateway_kept_answers_total',
      help: 'Requests answered with a kept answer at once (`hit`) or once its snapshots were read again (`confirmed`), and others (`miss`).',
      labelNames: ['result'],
      registers: [],
      collect() {
        this.reset();
        this.inc({ result: 'hit' }, counts.hits);
        this.inc({ result: 'confirmed' }, counts.confirmed);
        this.inc({ result: 'miss' }, counts.misses);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'pipeline_gateway_kept_answers_bytes',
      help: 'Memory that kept answers take (`used`), and that they may take (`allowed`).',
      labelNames: ['state'],
      registers: [],
      collect() {
        const { bytes, maxBytes } = size();
        this.set({ state: 'used' }, bytes);
        this.set({ state: 'allowed' }, maxBytes);
      },
    }),
  );
}
