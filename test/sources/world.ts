import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import type { TestGateway } from '../support/gateway.ts';
import type { SandboxControl } from '../support/sandbox-control.ts';
import { openClient } from './client.ts';
import type { Client } from './client.ts';
import { toSettings, token } from './kinds.ts';
import type { Kind } from './kinds.ts';

/** A gateway with one source, named `crm`, in front of a sandbox of its own that every test finds as it began. */
export interface World extends Client {
  readonly gateway: TestGateway;
  readonly sandbox: SandboxControl;
  /** The writes that reached the upstream, as `POST /path`. */
  writes(): Promise<readonly string[]>;
  /** Puts records into a stage, as another user of the upstream would. */
  addRecords(stage: StageAtUpstream, recordIds: readonly string[]): Promise<void>;
}

interface StageAtUpstream {
  readonly objectType: string;
  readonly pipelineId: string;
  readonly stageId: string;
}

/** Declares one world for the tests beside it. */
export function useWorld(kind: Pick<Kind, 'settings'>): World {
  const world = {} as World;
  beforeAll(async () => void Object.assign(world, await openWorld(kind)));
  beforeEach(() => world.sandbox.reset());
  afterAll(() => world.gateway.close());
  return world;
}

/** Declares a world for each of the tests beside it, for those after which a gateway would be wary of the upstream. */
export function useFreshWorlds(kind: Pick<Kind, 'settings'>): World {
  const world = {} as World;
  beforeEach(async () => void Object.assign(world, await openWorld(kind)));
  afterEach(() => world.gateway.close());
  return world;
}

async function openWorld({ settings }: Pick<Kind, 'settings'>): Promise<World> {
  const gateway = await startTestGateway({ sources: (url) => [toSettings(settings, url)] });
  const { sandbox } = gateway;
  return {
    ...openClient(gateway),
    gateway,
    sandbox,
    writes: async () => (await sandbox.requestLines()).filter((line) => !line.startsWith('GET ')),
    addRecords: (stage, recordIds) => sandbox.addRecords({ ...stage, token, recordIds }),
  };
}
