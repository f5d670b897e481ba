import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import type { SandboxControl } from '../support/sandbox-control.ts';
import { openClient } from './client.ts';
import type { Client } from './client.ts';
import { toSettings, token } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { startRecorder } from './recorder.ts';
import type { RecordedRequest } from './recorder.ts';

/** A gateway with one source, named `crm`, in front of a sandbox of its own that every test finds as it began. */
export interface World extends Client {
  readonly gateway: TestGateway;
  readonly sandbox: SandboxControl;
  /** The writes that reached the upstream, as `POST /path`. */
  writes(): Promise<readonly string[]>;
  /** Puts records into a stage, as another user of the upstream would. */
  addRecords(stage: StageAtUpstream, recordIds: readonly string[]): Promise<void>;
}

/** A world in which everything that is sent upstream is written down, bodies too. */
interface RecordedWorld extends World {
  readonly sent: RecordedRequest[];
}

interface StageAtUpstream {
  readonly objectType: string;
  readonly pipelineId: string;
  readonly stageId: string;
}

type Settings = Pick<Kind, 'settings'>;

/** Declares one world for the tests beside it. */
export function useWorld({ settings }: Settings): World {
  const world = {} as World;
  beforeAll(async () => void Object.assign(world, await openWorld((url) => toSettings(settings, url))));
  beforeEach(() => world.sandbox.reset());
  afterAll(() => world.gateway.close());
  return world;
}

/** Declares a world for each of the tests beside it, for those after which a gateway would be wary of the upstream. */
export function useFreshWorlds({ settings }: Settings): World {
  const world = {} as World;
  beforeEach(async () => void Object.assign(world, await openWorld((url) => toSettings(settings, url))));
  afterEach(() => world.gateway.close());
  return world;
}

/** Declares one recorded world for the tests beside it. */
export function useRecordedWorld({ settings }: Settings): RecordedWorld {
  const world = {} as RecordedWorld;
  beforeAll(async () => {
    const recorder = await startRecorder(() => world.sandbox.url);
    Object.assign(world, await openWorld(() => toSettings(settings, recorder.url)), { sent: recorder.requests });
    return () => recorder.close();
  });
  beforeEach(async () => {
    await world.sandbox.reset();
    world.sent.length = 0;
  });
  afterAll(() => world.gateway.close());
  return world;
}

async function openWorld(toSource: (url: string) => ReturnType<typeof toSettings>): Promise<World> {
  const gateway = await startTestGateway({ sources: (url) => [toSource(url)] });
  const { sandbox } = gateway;
  return {
    ...openClient(gateway),
    gateway,
    sandbox,
    writes: () => sandbox.writes(),
    addRecords: (stage, recordIds) => sandbox.addRecords({ ...stage, token, recordIds }),
  };
}
