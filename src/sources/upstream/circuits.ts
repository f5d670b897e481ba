import type { PipelineSourceCircuit } from '../../generated/enums.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker, Verdict } from './breaker.ts';
import { toEndpointKind } from './lanes.ts';
import type { EndpointKind, ScheduledRequest } from './lanes.ts';

/** The circuits of one credential at one source: one for each kind of endpoint, so that broken audits refuse no list. */
export interface Circuits {
  /**
   * What each circuit that the request heeds says of it. A write heeds those of plain reads too, as its own outcome could stay
   * unknown; it is never a trial itself.
   */
  judge(request: ScheduledRequest): readonly Verdict[];
  /** Notes what became of a call that had fair time and was no trial. */
  note(request: ScheduledRequest, hasFailed: boolean): void;
  /** The worst of them. */
  readonly state: () => PipelineSourceCircuit;
}

const heededByWrites: readonly EndpointKind[] = ['list', 'object'];

/** All closed; a circuit is only made once something of its kind fails. */
export function createCircuits(retryMs: number): Circuits {
  const breakers = new Map<EndpointKind, Breaker>();
  return {
    judge(request) {
      if (breakers.size === 0) return [];
      const kind = toEndpointKind(request);
      const own = breakers.get(kind)?.judge(toObjectPath(request));
      const others = kind === 'write' ? heededByWrites.map((each) => breakers.get(each)?.judgeAll()) : [];
      return [own, ...others].filter((verdict) => verdict !== undefined);
    },
    note(request, hasFailed) {
      const kind = toEndpointKind(request);
      let breaker = breakers.get(kind);
      if (breaker === undefined) {
        if (!hasFailed) return;
        breakers.set(kind, (breaker = createBreaker(retryMs)));
      }
      breaker.note(toObjectPath(request), hasFailed);
    },
    state() {
      const states = [...breakers.values()].map((breaker) => breaker.state());
      return toWorst(states);
    },
  };
}

/** The worst of several states: something that is left alone weighs more than something that is being tried. */
export function toWorst(states: readonly PipelineSourceCircuit[]): PipelineSourceCircuit {
  if (states.includes('OPEN')) return 'OPEN';
  return states.includes('HALF_OPEN') ? 'HALF_OPEN' : 'CLOSED';
}

function toObjectPath({ method, path, query }: ScheduledRequest): string {
  return JSON.stringify([method, path, query]);
}
