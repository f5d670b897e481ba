import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayCommand, spawnGateway } from '../support/gateway-process.ts';
import { ask } from '../support/gateway.ts';
import type { Answer } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';

/** What the gateway's process says of itself. */
interface Figures {
  /** The longest block of its event loop since the last question, in milliseconds of work. */
  readonly blockMs: number;
  /** After a collection of garbage. */
  readonly memoryBytes: number;
}

/** Answers the gateway's requests as an attack wants it. */
export type Upstream = (request: IncomingMessage, response: ServerResponse) => void;

/** A gateway in a process of its own, with one upstream that is not its friend. */
export interface Target {
  /** Asks as one of any number of callers, each of whom has a credential of its own. */
  ask(query: string, variables?: object, caller?: number, headers?: Record<string, string>): Promise<Answer>;
  figures(): Promise<Figures>;
  close(): Promise<void>;
}

/** The heap that the gateway gets, so that what would take more ends it. */
const heapMegabytes = 512;

/** Starts both; a gateway that does not start rejects. */
export async function openTarget(upstream: Upstream, env: Readonly<Record<string, string>> = {}): Promise<Target> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => upstream(request, response));
  });
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-gateway-torture-'));
  const gateway = spawnGateway(
    { GATEWAY_SOURCES: await writeSources(folder, await listen(server)), GATEWAY_LOG_LEVEL: 'fatal', ...env },
    ['--expose-gc', `--max-old-space-size=${heapMegabytes}`, '--import', './test/torture/probe.ts', ...gatewayCommand],
  );
  const close = async (): Promise<void> => {
    gateway.child.kill('SIGKILL');
    await gateway.ended;
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  };
  const ready = await gateway.ready.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const probeUrl = /probe (\S+)/.exec(gateway.output.stderr)?.[1] ?? '';
  return {
    ask: (query, variables = {}, caller = 0, headers = {}) =>
      ask(ready.url, { query, variables }, { 'x-hubspot-token': `${caller}`, ...headers }),
    figures: async () => (await (await fetch(probeUrl)).json()) as Figures,
    close,
  };
}

async function writeSources(folder: string, url: string): Promise<string> {
  const credential = { mode: 'forward', header: 'x-hubspot-token' };
  const source = { name: 'hubspot', kind: 'hubspot', url, objectTypes: ['deals'], credential };
  const file = join(folder, 'sources.json');
  await writeFile(file, JSON.stringify({ sources: [source] }));
  return file;
}
