import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/** An upstream of a test's own, that counts what it holds. */
export interface TestUpstream {
  readonly url: string;
  readonly received: () => number;
  readonly inFlight: () => number;
  readonly mostInFlight: () => number;
  /** Requests whose client left before it was answered. */
  readonly left: () => number;
  close(): void;
}

/** Starts it; `answer` answers each request when it likes. */
export async function startUpstream(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestUpstream> {
  const counts = { received: 0, inFlight: 0, most: 0, left: 0 };
  const server = createServer((request, response) => {
    counts.received += 1;
    counts.inFlight += 1;
    counts.most = Math.max(counts.most, counts.inFlight);
    response.once('close', () => {
      counts.inFlight -= 1;
      if (!response.writableFinished) counts.left += 1;
    });
    request.resume().once('end', () => answer(request, response));
  });
  return {
    url: await listen(server),
    received: () => counts.received,
    inFlight: () => counts.inFlight,
    mostInFlight: () => counts.most,
    left: () => counts.left,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** An answer of HubSpot's with one pipeline, or with the list that holds it. */
export function toHubSpotAnswer(path: string, label = 'Sales Pipeline'): string {
  const stage = { id: 'a', label: 'A', displayOrder: 0, metadata: { probability: '0.5' } };
  const pipeline = { id: 'default', label, displayOrder: 0, archived: false, stages: [stage] };
  return JSON.stringify(path.endsWith('/default') ? pipeline : { results: [pipeline] });
}
