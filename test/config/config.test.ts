import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { configProblems } from '../support/config-problems.ts';
import { useFolder } from '../support/folder.ts';
import { killGateways, spawnGateway } from '../support/gateway-process.ts';

const secret = 'pat-na1-5ec2e7-0f-7he-0w4e2';
const folder = useFolder();

afterEach(killGateways);

const hubspot = (more: object = {}) => ({
  name: 'portal',
  kind: 'hubspot',
  credential: { mode: 'static', token: secret },
  ...more,
});
const forward = { mode: 'forward', header: 'x-hubspot-token' };

/** The environment that names a file with these sources. */
const listed = (...sources: unknown[]) => ({ GATEWAY_SOURCES: folder.write({ sources }) });

describe('settings that are left out', () => {
  test('nothing configured means the sandbox, on loopback', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      deadlineMs: 10_000,
      shutdownDelayMs: 0,
      graphiql: true,
      sources: [],
      sandbox: { port: 4010 },
    });
  });

  test('an empty variable counts as absent, as tools that cannot unset one write it', () => {
    expect(readConfig({ PORT: '', HOST: ' ', GATEWAY_SOURCES: '', HUBSPOT_TOKEN: '', SANDBOX_PORT: '' })).toEqual(
      readConfig({}),
    );
  });

  test('a token alone connects HubSpot, at its own address, version and object types', () => {
    const { sources, sandbox } = readConfig({ HUBSPOT_TOKEN: secret });
    expect(sandbox).toBeNull();
    expect(sources).toEqual([
      {
        name: 'hubspot',
        kind: 'hubspot',
        url: 'https://api.hubapi.com',
        apiVersion: '2026-09',
        objectTypes: ['deals', 'tickets'],
        credential: { mode: 'static', token: secret },
      },
    ]);
  });

  test('what a file leaves out has the variables’ defaults', () => {
    const [fromVariables] = readConfig({ HUBSPOT_TOKEN: secret }).sources;
    expect(readConfig(listed(hubspot({ name: 'hubspot' }))).sources).toEqual([fromVariables]);
  });

  test('variables that are none of the gateway’s own are left alone', () => {
    expect(configProblems({ APOLLO_KEY: 'x', MY_GATEWAY_MODE: 'y', HUBSPOTTER: 'z' })).toEqual([]);
  });

  test('the sandbox’s variables do not matter where sources are configured', () => {
    expect(configProblems({ HUBSPOT_TOKEN: secret, SANDBOX_PORT: 'x' })).toEqual([]);
  });
});

describe('settings that are taken', () => {
  test('all of HubSpot’s variables are taken', () => {
    const env = {
      HUBSPOT_TOKEN: secret,
      HUBSPOT_URL: 'http://127.0.0.1:4010/proxy',
      HUBSPOT_API_VERSION: 'v3',
      HUBSPOT_OBJECT_TYPES: 'deals, 2-3465404 ,p123_Car Sale',
    };
    expect(readConfig(env).sources).toMatchObject([
      { url: env.HUBSPOT_URL, apiVersion: 'v3', objectTypes: ['deals', '2-3465404', 'p123_Car Sale'] },
    ]);
  });

  test('two sources of one kind are taken in the file’s order', () => {
    const env = listed(hubspot({ name: 'production' }), hubspot({ name: 'a-sandbox-2' }));
    expect(readConfig(env).sources.map(({ name }) => name)).toEqual(['production', 'a-sandbox-2']);
  });

  test('${NAME} in any string is filled in from the environment', () => {
    const env = {
      ...listed(
        hubspot({
          name: '${REGION}-portal',
          url: 'https://${HOST_PART}/x',
          objectTypes: ['${TYPE}'],
          credential: { mode: 'static', token: '${PORTAL_TOKEN}' },
        }),
      ),
      REGION: 'eu',
      HOST_PART: 'proxy.example',
      TYPE: 'tickets',
      PORTAL_TOKEN: secret,
    };
    expect(readConfig(env).sources).toMatchObject([
      { name: 'eu-portal', url: 'https://proxy.example/x', objectTypes: ['tickets'], credential: { token: secret } },
    ]);
  });

  test('a value that is filled in is not searched for names again', () => {
    const env = { ...listed(hubspot({ credential: { mode: 'static', token: '${A}' } })), A: '${B}', B: secret };
    expect(readConfig(env).sources).toMatchObject([{ credential: { token: '${B}' } }]);
  });

  test('a caller’s own credential is taken by the name of its header', () => {
    expect(readConfig(listed(hubspot({ credential: forward }))).sources).toMatchObject([{ credential: forward }]);
  });
});

describe('names of sources that variables set', () => {
  test('HUBSPOT_NAME gives the source of 2026-09 the name that the one of v1 had, so that ids stay', () => {
    expect(readConfig({ HUBSPOT_TOKEN: secret, HUBSPOT_NAME: 'hubspot-v1' }).sources).toMatchObject([
      { kind: 'hubspot', name: 'hubspot-v1' },
    ]);
  });

  test('every source that variables set can be named by a variable', () => {
    const env = {
      HUBSPOT_TOKEN: secret,
      HUBSPOT_NAME: 'hubspot-v1',
      HUBSPOT_V1_TOKEN: secret,
      HUBSPOT_V1_NAME: 'hubspot',
      ORGANIZATION_TOKEN: secret,
      ORGANIZATION_URL: 'https://organization.example',
      ORGANIZATION_NAME: 'crm',
    };
    expect(readConfig(env).sources.map(({ kind, name }) => [kind, name])).toEqual([
      ['hubspot', 'hubspot-v1'],
      ['hubspot-v1', 'hubspot'],
      ['organization', 'crm'],
    ]);
  });
});

describe('settings that are refused', () => {
  const file = (...sources: unknown[]) => listed(...sources);
  test.each<[string, Record<string, string>, readonly (string | RegExp)[]]>([
    ['a port that is no number', { PORT: 'http' }, ['PORT: must be a whole number from 0 to 65535']],
    ['a port out of range', { PORT: '65536' }, ['PORT: must be a whole number from 0 to 65535']],
    ['a port between two ports', { PORT: '80.5' }, ['PORT: must be a whole number from 0 to 65535']],
    [
      'no time at all',
      { GATEWAY_DEADLINE_SECONDS: '0' },
      ['GATEWAY_DEADLINE_SECONDS: must be a number above 0 and at most 300'],
    ],
    [
      'an unknown log level',
      { GATEWAY_LOG_LEVEL: secret },
      ['GATEWAY_LOG_LEVEL: must be one of silent, fatal, error, warn, info, debug, trace'],
    ],
    [
      'a collector that cannot be called',
      { OTEL_EXPORTER_OTLP_ENDPOINT: `grpc://${secret}` },
      ['OTEL_EXPORTER_OTLP_ENDPOINT: must be an http or https URL'],
    ],
    ['no end of time', { GATEWAY_DEADLINE_SECONDS: 'Infinity' }, [/^GATEWAY_DEADLINE_SECONDS: /]],
    [
      'a delay in words',
      { GATEWAY_SHUTDOWN_DELAY_SECONDS: 'soon' },
      ['GATEWAY_SHUTDOWN_DELAY_SECONDS: must be a number from 0 to 3600'],
    ],
    ['GraphiQL perhaps', { GATEWAY_GRAPHIQL: 'perhaps' }, ['GATEWAY_GRAPHIQL: must be true or false']],
    [
      'a version that there is not',
      { HUBSPOT_TOKEN: secret, HUBSPOT_API_VERSION: 'v4' },
      ['HUBSPOT_API_VERSION: must be v3 or a date version such as 2026-09'],
    ],
    [
      'an address without a scheme',
      { HUBSPOT_TOKEN: secret, HUBSPOT_URL: 'api.hubapi.com' },
      ['HUBSPOT_URL: must be an http or https URL'],
    ],
    [
      'an address of another scheme',
      { HUBSPOT_TOKEN: secret, HUBSPOT_URL: 'ftp://a.b' },
      ['HUBSPOT_URL: must be an http or https URL'],
    ],
    [
      'an address with a password',
      { HUBSPOT_TOKEN: secret, HUBSPOT_URL: `https://me:${secret}@a.b` },
      ['HUBSPOT_URL: must be without credentials, query and fragment'],
    ],
    ['an address with a query', { HUBSPOT_TOKEN: secret, HUBSPOT_URL: 'https://a.b/?x=1' }, [/^HUBSPOT_URL: /]],
    ['a source without its token', { HUBSPOT_URL: 'https://a.b' }, ['HUBSPOT_TOKEN: a token is needed']],
    [
      'a token that no header can carry',
      { HUBSPOT_TOKEN: `${secret}\n` },
      ['HUBSPOT_TOKEN: must be printable ASCII without spaces'],
    ],
    [
      'the same object type twice',
      { HUBSPOT_TOKEN: secret, HUBSPOT_OBJECT_TYPES: 'deals,deals' },
      ['HUBSPOT_OBJECT_TYPES: must not name an object type twice'],
    ],
    [
      'an object type that is no path segment',
      { HUBSPOT_TOKEN: secret, HUBSPOT_OBJECT_TYPES: 'deals,..' },
      [/^HUBSPOT_OBJECT_TYPES: /],
    ],
    [
      'a source’s name in capitals',
      { HUBSPOT_TOKEN: secret, HUBSPOT_NAME: 'CRM' },
      ['HUBSPOT_NAME: must match [a-z][a-z0-9-]*'],
    ],
    ['a source’s name alone', { HUBSPOT_NAME: 'crm' }, ['HUBSPOT_TOKEN: a token is needed']],
    [
      'the name of a source that keeps its own',
      { HUBSPOT_TOKEN: secret, HUBSPOT_NAME: 'hubspot-v1', HUBSPOT_V1_TOKEN: secret },
      ['HUBSPOT_NAME: is the name of another source too'],
    ],
    [
      'one name for two sources, of which one has another problem',
      { HUBSPOT_TOKEN: secret, HUBSPOT_NAME: secret, HUBSPOT_V1_NAME: secret },
      [
        'HUBSPOT_V1_TOKEN: a token is needed',
        'HUBSPOT_NAME: is the name of another source too',
        'HUBSPOT_V1_NAME: is the name of another source too',
      ],
    ],
    [
      'a file beside the name of a source',
      { ...file(hubspot()), HUBSPOT_NAME: 'crm' },
      ['GATEWAY_SOURCES: cannot be used together with HUBSPOT_NAME'],
    ],
    ['a comma too many', { HUBSPOT_TOKEN: secret, HUBSPOT_OBJECT_TYPES: 'deals,' }, [/^HUBSPOT_OBJECT_TYPES: /]],
    ['a sandbox port in words', { SANDBOX_PORT: 'x' }, [/^SANDBOX_PORT: /]],
    ['faults that are not JSON', { SANDBOX_FAULTS: 'boom' }, ['SANDBOX_FAULTS: must be JSON']],
    [
      'a file that is not there',
      { GATEWAY_SOURCES: join(folder.path, 'nowhere.json') },
      ['GATEWAY_SOURCES: the file cannot be read'],
    ],
    [
      'a file that is not JSON',
      { GATEWAY_SOURCES: folder.write(`{"token": "${secret}"`) },
      ['GATEWAY_SOURCES: the file is not JSON'],
    ],
    ['a file of another shape', { GATEWAY_SOURCES: folder.write([hubspot()]) }, [/^GATEWAY_SOURCES: /]],
    ['a file without sources', file(), ['GATEWAY_SOURCES.sources: must list at least one source']],
    [
      'a key that there is not',
      { GATEWAY_SOURCES: folder.write({ sources: [hubspot()], source: [] }) },
      [/^GATEWAY_SOURCES: .*"source"/],
    ],
    [
      'a key that a source has not',
      file(hubspot({ objectType: 'deals' })),
      [/^GATEWAY_SOURCES\.sources\.0: .*"objectType"/],
    ],
    ['a kind that there is not', file(hubspot({ kind: 'pipedrive' })), [/^GATEWAY_SOURCES\.sources\.0\.kind: /]],
    ['a source without a name', file({ ...hubspot(), name: undefined }), [/^GATEWAY_SOURCES\.sources\.0\.name: /]],
    [
      'a name in capitals',
      file(hubspot({ name: 'Portal' })),
      ['GATEWAY_SOURCES.sources.0.name: must match [a-z][a-z0-9-]*'],
    ],
    ['a name that ends in a line', file(hubspot({ name: 'portal\n' })), [/^GATEWAY_SOURCES\.sources\.0\.name: /]],
    ['a name given twice', file(hubspot(), hubspot()), ['GATEWAY_SOURCES: the name "portal" is given to 2 sources']],
    ['no credential', file({ ...hubspot(), credential: undefined }), [/^GATEWAY_SOURCES\.sources\.0\.credential: /]],
    [
      'a mode that there is not',
      file(hubspot({ credential: { mode: 'oauth', token: secret } })),
      [/^GATEWAY_SOURCES\.sources\.0\.credential\.mode: /],
    ],
    [
      'both of a token and a header',
      file(hubspot({ credential: { ...forward, token: secret } })),
      [/^GATEWAY_SOURCES\.sources\.0\.credential: .*"token"/],
    ],
    [
      'a header with a space',
      file(hubspot({ credential: { ...forward, header: 'x token' } })),
      [/^GATEWAY_SOURCES\.sources\.0\.credential\.header: /],
    ],
    [
      'a variable that is not set',
      file(hubspot({ url: 'https://a.b/${NOWHERE}' })),
      ['NOWHERE: GATEWAY_SOURCES refers to this variable, which is not set'],
    ],
    [
      'a file beside a source’s own variables',
      { ...file(hubspot()), HUBSPOT_TOKEN: secret, HUBSPOT_API_VERSION: 'v3' },
      ['GATEWAY_SOURCES: cannot be used together with HUBSPOT_TOKEN, HUBSPOT_API_VERSION'],
    ],
  ])('a configuration with %s is refused, by name and without the value', (_, env, expected) => {
    const problems = configProblems(env);
    expect(problems).toHaveLength(expected.length);
    for (const [index, line] of expected.entries()) {
      if (typeof line === 'string') expect(problems[index]).toBe(line);
      else expect(problems[index]).toMatch(line);
    }
    expect(problems.join()).not.toContain(secret);
  });
});

describe('addresses', () => {
  const refusal = [expect.stringMatching(/^HOST: .*static upstream token/)];

  test.each([
    '0.0.0.0',
    '::',
    '192.168.1.10',
    'gateway.internal',
    '127.0.0.1.example.org',
    '128.0.0.1',
    '::ffff:10.0.0.1',
  ])('the address %s is refused with a static token, because anybody could use it', (HOST) => {
    expect(configProblems({ HOST, HUBSPOT_TOKEN: secret })).toEqual(refusal);
    expect(configProblems({ HOST, ...listed(hubspot({ name: 'a', credential: forward }), hubspot()) })).toEqual(
      refusal,
    );
  });

  test('an address beyond loopback is refused with nothing configured, because the sandbox’s tokens are static', () => {
    expect(configProblems({ HOST: '0.0.0.0' })).toEqual(refusal);
  });

  test('an address beyond loopback is taken if every caller brings a credential', () => {
    expect(readConfig({ HOST: '0.0.0.0', ...listed(hubspot({ credential: forward })) }).host).toBe('0.0.0.0');
  });

  test('an address beyond loopback is not blamed for a sources file that cannot be read', () => {
    expect(configProblems({ HOST: '0.0.0.0', GATEWAY_SOURCES: folder.write('{') })).toEqual([
      'GATEWAY_SOURCES: the file is not JSON',
    ]);
  });

  test.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('the address %s is loopback, so taken', (HOST) => {
    expect(readConfig({ HOST, HUBSPOT_TOKEN: secret }).host).toBe(HOST);
  });
});

test('a start with a bad configuration names every problem at once, prints no secret and exits with 1', async () => {
  const gateway = spawnGateway({
    ...listed(
      hubspot({ name: 'BAD', credential: { mode: 'static', token: `${secret} ${secret}` } }),
      hubspot({ apiVersion: secret, url: `x:${secret}` }),
    ),
    HUBSPOT_TOKEN: secret,
    HOST: '0.0.0.0',
    PORT: secret,
    GATEWAY_DEADLINE_SECONDS: secret,
  });
  expect(await gateway.ended).toEqual({ code: 1, signal: null });
  expect(gateway.output.stdout).toBe('');
  expect(gateway.output.stderr.trimEnd().split('\n')).toEqual([
    'The configuration cannot be used:',
    expect.stringMatching(/^- PORT: /),
    expect.stringMatching(/^- GATEWAY_DEADLINE_SECONDS: /),
    expect.stringMatching(/^- GATEWAY_SOURCES: cannot be used together with HUBSPOT_TOKEN/),
    expect.stringMatching(/^- GATEWAY_SOURCES\.sources\.0\.name: /),
    expect.stringMatching(/^- GATEWAY_SOURCES\.sources\.0\.credential\.token: /),
    expect.stringMatching(/^- GATEWAY_SOURCES\.sources\.1\.url: /),
    expect.stringMatching(/^- GATEWAY_SOURCES\.sources\.1\.apiVersion: /),
  ]);
  expect(gateway.output.stderr).not.toContain(secret);
});

test('a start on the sandbox names the sandbox’s problems beside the gateway’s own', async () => {
  const gateway = spawnGateway({ PORT: 'x', SANDBOX_PORT: 'y', SANDBOX_LATENCY_MS: '-1' });
  expect(await gateway.ended).toEqual({ code: 1, signal: null });
  expect(gateway.output.stderr.match(/^- \w+/gm)).toEqual(['- PORT', '- SANDBOX_PORT', '- SANDBOX_LATENCY_MS']);
});
