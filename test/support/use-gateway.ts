import { afterAll, beforeAll } from 'vitest';
import { startTestGateway } from './gateway.ts';
import type { TestGateway, TestGatewayOptions } from './gateway.ts';

/** Declares one gateway for the tests beside it: it starts before the first of them and ends after the last. */
export function useGateway(options: TestGatewayOptions = {}): TestGateway {
  const gateway = {} as TestGateway;
  beforeAll(async () => void Object.assign(gateway, await startTestGateway(options)));
  afterAll(() => gateway.close());
  return gateway;
}
