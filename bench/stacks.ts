import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startServer } from './processes.ts';
import type { ServerProcess } from './processes.ts';

/** A server that is measured. */
export interface Stack {
  readonly name: string;
  readonly description: string;
  /** Whether it is asked in GraphQL; otherwise it is asked what the upstream itself would be. */
  readonly isGraphql: boolean;
  /** From the root of the repository. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the ratios are of. */
export const floor = 'proxy';

const gateway = { isGraphql: true, file: 'src/main.ts' };
/** One line for each operation would measure the disk. */
const gatewayEnv = {
  PORT: '0',
  GATEWAY_LOG_LEVEL: 'warn',
  GATEWAY_LOG_OPERATIONS: 'none',
};

/** All stacks, the peers included, whether they are installed or not. */
export const stacks: readonly Stack[] = [
  { ...gateway, name: 'gateway', description: 'this gateway, store warm', env: gatewayEnv },
  {
    ...gateway,
    name: 'gateway-off',
    description: 'this gateway, store off',
    env: { ...gatewayEnv, GATEWAY_STORE_FRESH_SECONDS: '0' },
  },
  { name: floor, description: 'undici reverse proxy', isGraphql: false, file: 'bench/proxy.ts', env: {} },
  ...[
    ['apollo', 'Apollo Server, naive resolvers'],
    ['mercurius', 'Mercurius, jit, its cache'],
    ['yoga', 'GraphQL Yoga, its response cache'],
  ].map(([name = '', description = '']) => ({
    name,
    description,
    isGraphql: true,
    file: `bench/peers/${name}.js`,
    env: {},
  })),
];

/** Whether a stack can be started: the gateway always, a peer once the peers are installed. */
export function isInstalled({ file }: Stack): boolean {
  return !file.startsWith('bench/peers/') || existsSync(fileURLToPath(new URL('peers/node_modules', import.meta.url)));
}

/** What a start of a stack adds to what the stack itself says. */
interface StackStart {
  readonly core: number | null;
  readonly more: Readonly<Record<string, string>>;
}

/** Starts a stack; what the stack itself sets stays as it is. */
export function startStack({ file, env }: Stack, { core, more }: StackStart): Promise<ServerProcess> {
  return startServer({ file, core, env: { ...more, ...env } });
}
