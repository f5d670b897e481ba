import type { Problem } from '../domain/problems.ts';

/** Sees what an operation asks of upstreams. Its methods never throw. */
export interface UpstreamObserver {
  /** A request is about to be sent. */
  begin(request: ObservedRequest): RequestObservation;
}

/** What is told of a request before it is sent: nothing that a caller chose. */
export interface ObservedRequest {
  readonly sourceName: string;
  readonly method: string;
  /** The path as the upstream documents it, with `{pipelineId}` in place of an id: one of a fixed few. */
  readonly pathTemplate: string;
}

/** One attempt that is being observed. */
export interface RequestObservation {
  /** To be sent along, so that the upstream can be asked about the request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Called once: the status where an answer came, the problem where it is not what was asked for. */
  end(status: number | null, problem: Problem | null): void;
}
