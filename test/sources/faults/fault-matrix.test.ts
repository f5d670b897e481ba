import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/server.ts';
import { sourceSettings } from '../../../src/sources/index.ts';
import { usualTimes } from '../../support/cache-times.ts';
import { startTestGateway } from '../../support/gateway.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { controlSandbox } from '../../support/sandbox-control.ts';
import { cells, countOthers, isMeant } from './cells.ts';
import type { Cell } from './cells.ts';
import { documentedFaults, readPromise, writePromise } from './fault-table.ts';
import { faults } from './faults.ts';
import { findPipelineId, gatewayState, makePipeline, operations, upstreamState } from './operations.ts';
import type { Operation, Outcome, Subject } from './operations.ts';

interface Result extends Outcome {
  readonly sent: number;
  readonly tookMs: number;
  /** Of a write: whether the upstream's own state shows it; null where there is no upstream any more. */
  readonly hasHappened: boolean | null;
  /** Whether the gateway's next answer shows it; null where it has none. */
  readonly isShown: boolean | null;
}

const runId = randomUUID();
/** More than this beyond the deadline is a hang, however busy the machine. */
const graceMs = 4_000;
const sideBySide = 24;
const kept = { ...usualTimes, freshMs: 60_000, staleMs: 60_000, staleOnErrorMs: 3_600_000, maxBytes: 64 * 1024 * 1024 };
const keptForErrors = { ...kept, freshMs: 0.001, staleMs: 0.001 };

/** Reads find what they kept too old to serve but on error; writes find it fresh, so that serving it after one would show. */
const gateways = new Map<Operation['aim'], TestGateway>();
const results = new Map<Cell, Result>();
let leaving: Awaited<ReturnType<typeof startSandbox>>;

beforeAll(async () => {
  leaving = await startSandbox({ port: 0 });
  const toSettings = (chosen: readonly Cell[]) => (url: string) =>
    chosen.map(({ kind, sourceName: name, fault }) =>
      sourceSettings.parse({
        kind,
        name,
        url: fault.rule === null ? leaving.url : url,
        credential: { mode: 'static', token: tokenOf(name) },
      }),
    );
  for (const aim of ['reads', 'audit', 'writes'] as const) {
    const sources = toSettings(cells.filter(({ operation }) => operation.aim === aim));
    const cache = aim === 'writes' ? kept : keptForErrors;
    gateways.set(aim, await startTestGateway({ sources, resilience: { cache } }));
  }
  const refused = cells.filter(({ fault }) => fault.rule === null);
  await sideBySideOf(refused, async (cell) => prepare(cell, await openSubject(cell)));
  await leaving.close();
  await sideBySideOf(cells, async (cell) => void results.set(cell, await run(cell)));
  await countAll();
}, 120_000);

afterAll(async () => {
  await Promise.all([...gateways.values()].map((gateway) => gateway.close()));
});

const tokenOf = (sourceName: string): string => `${runId}-${sourceName}`;

async function sideBySideOf(all: readonly Cell[], work: (cell: Cell) => Promise<void>): Promise<void> {
  const queue = [...all];
  const workers = Array.from({ length: sideBySide }, async () => {
    for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) await work(cell);
  });
  await Promise.all(workers);
}

function gatewayOf({ operation }: Cell): TestGateway {
  const gateway = gateways.get(operation.aim);
  if (gateway === undefined) throw new Error('The gateway is not there.');
  return gateway;
}

async function openSubject(cell: Cell): Promise<Subject> {
  const { kind, sourceName, fault } = cell;
  const gateway = gatewayOf(cell);
  const sandbox = fault.rule === null ? controlSandbox(leaving.url) : gateway.sandbox;
  const ask: Subject['ask'] = (...request) => gateway.ask(...request);
  const subject = { kind, sourceName, token: tokenOf(sourceName), sandbox, ask };
  return { ...subject, pipelineId: await findPipelineId(cell.operation, subject) };
}

/** With a warm cache, a read has itself been answered before, and a write the list that has what it is about. */
async function prepare({ cache, operation: { aim, name } }: Cell, subject: Subject): Promise<void> {
  await makePipeline(subject);
  const read = operations.find((other) => other.name === (aim === 'writes' ? 'list' : name));
  if (cache === 'cold' || aim === 'audit' || read === undefined) return;
  expect(await read.run(subject)).toEqual({ answer: 'answer', mayHaveHappened: false });
}

async function run(cell: Cell): Promise<Result> {
  const { operation, fault } = cell;
  const subject = await openSubject(cell);
  if (fault.rule !== null) {
    await prepare(cell, subject);
    await sendFaults(cell, subject);
  }
  const startedAt = performance.now();
  const outcome = await operation.run(subject, { 'x-deadline-ms': `${fault.deadlineMs}` });
  const tookMs = performance.now() - startedAt;
  return { ...outcome, tookMs, sent: 0, ...(await observe(cell, subject)) };
}

async function observe({ operation: { shows }, fault }: Cell, subject: Subject) {
  if (shows === undefined || fault.rule === null) return { hasHappened: null, isShown: null };
  const shown = await gatewayState(subject);
  return { hasHappened: shows(await upstreamState(subject)), isShown: shown === null ? null : shows(shown) };
}

/** Faults hit what the operation is about, not the reads round it. */
async function sendFaults({ operation, fault }: Cell, { token, sandbox }: Subject): Promise<void> {
  if (fault.rule === null) return;
  const matches = {
    reads: [{ method: 'GET' }],
    audit: [{ path: '/audit$' }],
    writes: ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ method })),
  };
  for (const match of matches[operation.aim]) await sandbox.fault({ ...fault.rule, match: { ...match, token } });
}

/** The requests of the kind that the fault befalls, by the upstream's log, or by the gateway's metrics where nobody listens. */
async function countAll(): Promise<void> {
  const logs = await Promise.all([...gateways.values()].map((gateway) => gateway.sandbox.requests()));
  const byHash = Map.groupBy(logs.flat(), ({ credentialHash }) => credentialHash);
  for (const [cell, result] of results) {
    const hash = createHash('sha256').update(tokenOf(cell.sourceName)).digest('hex');
    const requests = byHash.get(hash)?.filter((request) => isMeant(cell, request)) ?? [];
    const all = cell.fault.rule === null ? await countInMetrics(cell) : requests.length;
    results.set(cell, { ...result, sent: all - countOthers(cell) });
  }
}

async function countInMetrics(cell: Cell): Promise<number> {
  const answer = await fetch(`${gatewayOf(cell).url}/metrics`);
  const lines = (await answer.text()).split('\n').filter((line) => line.includes(`source="${cell.sourceName}"`));
  const counted = lines.filter((line) => line.startsWith('pipeline_gateway_upstream_requests_total{'));
  return counted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

function resultOf(cell: Cell): Result {
  const result = results.get(cell);
  if (result === undefined) throw new Error('The cell was not run.');
  return result;
}

test('docs/faults.md has the faults of the matrix and no others', () => {
  expect([...documentedFaults()].toSorted()).toEqual(faults.map(({ name }) => name).toSorted());
});

const named = cells.map((cell) => [cell.kind, cell.operation.name, cell.fault.name, cell.cache, cell] as const);

describe('reads', () => {
  const reads = named.filter(([, , , , { operation }]) => operation.aim !== 'writes');
  test.each(reads)(
    'a read at %s, %s, with "%s" and a %s cache, answers as docs/faults.md says',
    (_, name, fault, cache, cell) => {
      const { answer, sent } = resultOf(cell);
      const promised = readPromise(fault, name);
      expect({ answer, sent }).toEqual({ answer: promised[cache], sent: promised.sent });
    },
  );
});

describe('writes', () => {
  const writes = named.filter(([, , , , { operation }]) => operation.aim === 'writes');
  test.each(writes)(
    'a write at %s, %s, with "%s" and a %s cache, answers as docs/faults.md says',
    (_, name, fault, __, cell) => {
      const { answer, mayHaveHappened, hasHappened, sent } = resultOf(cell);
      const promised = writePromise(fault, name);
      const happened = hasHappened ?? promised.hasHappened;
      expect({ answer, mayHaveHappened, hasHappened: happened, sent }).toEqual(promised);
    },
  );

  test('a write never claims anything that the upstream’s own state denies', () => {
    const lies = writes.filter(([, , , , cell]) => {
      const { answer, mayHaveHappened, hasHappened } = resultOf(cell);
      const isDenied = hasHappened === true && !mayHaveHappened;
      const isLost = hasHappened === false && answer === 'answer';
      return isDenied || isLost;
    });
    expect(lies.map(([kind, name, fault]) => `${kind} ${name}: ${fault}`)).toEqual([]);
  });
});

test('a read after a write shows what the upstream has, whatever was kept before', () => {
  const asked = cells.filter((cell) => resultOf(cell).isShown !== null);
  const stale = asked.filter((cell) => resultOf(cell).isShown !== resultOf(cell).hasHappened);
  expect(stale.map(({ kind, operation, fault }) => `${kind} ${operation.name}: ${fault.name}`)).toEqual([]);
  // Only an upstream that has asked to be left alone is not asked.
  const silent = cells.filter((cell) => resultOf(cell).hasHappened !== null && resultOf(cell).isShown === null);
  expect(new Set(silent.map(({ fault }) => fault.name))).toEqual(new Set(['503 with a long Retry-After']));
});

test('every operation ends within its deadline', () => {
  const late = cells.filter((cell) => resultOf(cell).tookMs > cell.fault.deadlineMs + graceMs);
  expect(late.map(({ operation, fault }) => `${operation.name}: ${fault.name}`)).toEqual([]);
});
