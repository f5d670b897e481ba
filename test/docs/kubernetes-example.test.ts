import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { settings } from '../../src/config/variables.ts';
import { configProblems } from '../support/config-problems.ts';
import { readFile } from '../support/documentation.ts';
import { useFolder } from '../support/folder.ts';

const manifest = readFile('examples/kubernetes/gateway.yaml');
const folder = useFolder();

/** What the container gets: the secret's entries, and the variables with the sources file where it is here. */
function readEnvironmentOfPod(): Record<string, string> {
  const [, sources = ''] = /^ {2}sources\.json: \|\n((?: {4}.*\n)+)/m.exec(manifest) ?? [];
  const file = folder.write(sources);
  const [, secrets = ''] = /^stringData:\n((?: {2}.*\n)+)/m.exec(manifest) ?? [];
  const variables = [
    ...secrets.matchAll(/^ {2}(\w+): (.*)$/gm),
    ...manifest.matchAll(/- name: (\w+)\n +value: '?([^'\n]*)'?$/gm),
  ];
  return { ...Object.fromEntries(variables.map(([, name, value]) => [name, value])), GATEWAY_SOURCES: file };
}

/** The same once somebody has put secrets of their own in. */
function readFilledEnvironment(): Record<string, string> {
  const entries = Object.entries(readEnvironmentOfPod());
  return Object.fromEntries(entries.map(([name, value]) => [name, value.replaceAll('replace-me', randomUUID())]));
}

test('the Kubernetes example does not start with its placeholders', () => {
  expect(configProblems({ HOST: '0.0.0.0', GATEWAY_MODE: 'production', ...readEnvironmentOfPod() })).toEqual([
    'GATEWAY_API_KEYS: in production a key has at least 16 characters',
    'GATEWAY_API_KEYS: is the placeholder of an example',
    'token of the source "production": is the placeholder of an example',
    'token of the source "sandbox": is the placeholder of an example',
  ]);
});

test('the Kubernetes example is a configuration that starts, beyond loopback and in production', () => {
  const config = readConfig({ HOST: '0.0.0.0', GATEWAY_MODE: 'production', ...readFilledEnvironment() });
  expect(config.sources.map(({ name }) => name)).toEqual(['production', 'sandbox']);
  expect(config.access.apiKeys.map(({ name, scopes }) => [name, scopes.size])).toEqual([
    ['web', 1],
    ['admin', 2],
  ]);
});

test('the replicas of the Kubernetes example share a Redis that it has', () => {
  const { hostname, port } = new URL(readConfig(readFilledEnvironment()).resilience.redisUrl ?? '');
  expect(manifest).toContain(`kind: Service\nmetadata:\n  name: ${hostname}\n`);
  expect(manifest).toContain(`port: ${port}\n`);
});

test('the pods of the Kubernetes example get the time that the gateway takes to end', () => {
  const { shutdownDelayMs } = readConfig(readFilledEnvironment());
  const graceSeconds = Number(/terminationGracePeriodSeconds: (\d+)/.exec(manifest)?.[1]);
  expect(shutdownDelayMs).toBeGreaterThan(0);
  expect(graceSeconds * 1000).toBeGreaterThanOrEqual(shutdownDelayMs + 10_000);
});

test('the Kubernetes example names no setting that there is not', () => {
  const names = new Set(
    Object.values(settings)
      .flat()
      .map(({ name }) => name),
  );
  const used = [...manifest.matchAll(/\bGATEWAY_\w+/g)].map(([name]) => name);
  expect(used.filter((name) => !names.has(name))).toEqual([]);
});
