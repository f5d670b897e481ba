import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { dealPipeline, dealStage, openSandbox } from './open-sandbox.ts';
import type { Reply } from './open-sandbox.ts';

// HubSpot's own OpenAPI files are no part of the project; where they lie beside it, the answers are held against them.
const folder = join(import.meta.dirname, '../../../shared/upstreams/openapi');

// The file called pipelines-2026-09.json is older than the version's release; the beta's is the newer text.
const files = [
  { api: '/crm/v3/pipelines', file: 'pipelines-v3.json', paths: '/crm/v3/pipelines' },
  { api: '/crm/pipelines/2025-09', file: 'pipelines-2025-09.json', paths: '/crm/pipelines/2025-09' },
  { api: '/crm/pipelines/2026-03', file: 'pipelines-2026-03.json', paths: '/crm/pipelines/2026-03' },
  { api: '/crm/pipelines/2026-09', file: 'pipelines-2026-09-beta.json', paths: '/crm/pipelines/2026-09-beta' },
];

/** Where the sandbox leaves the files on purpose: the schema that is put in the place of theirs, and the reason. */
const deviations = [
  {
    schema: 'PublicAuditInfo',
    property: 'rawObject',
    instead: { type: 'string' },
    reason: 'The files call it an object; every example in HubSpot’s guides is a JSON string.',
  },
];

interface Schema {
  [key: string]: unknown;
  properties?: Record<string, unknown>;
}

interface OpenApi {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
  components: { schemas: Record<string, Schema> };
}

interface Response {
  content?: { 'application/json'?: { schema: Schema } };
  headers?: Record<string, unknown>;
}

/** Every operation once, in a sequence that leaves each something to work on: `p` is the pipeline and `s` its stage. */
const steps: readonly (readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown])[] =
  [
    ['GET', '/{objectType}'],
    ['POST', '/{objectType}', dealPipeline('P', { pipelineId: 'p' })],
    ['GET', '/{objectType}/{pipelineId}'],
    ['PATCH', '/{objectType}/{pipelineId}', { label: 'Q' }],
    ['POST', '/{objectType}/{pipelineId}/stages', dealStage('S', 5, { stageId: 's', metadata: { probability: 1 } })],
    ['GET', '/{objectType}/{pipelineId}/stages'],
    ['GET', '/{objectType}/{pipelineId}/stages/{stageId}'],
    ['PATCH', '/{objectType}/{pipelineId}/stages/{stageId}', { metadata: { probability: '0.30', more: true } }],
    ['PUT', '/{objectType}/{pipelineId}/stages/{stageId}', dealStage('S', 0)],
    ['GET', '/{objectType}/{pipelineId}/stages/{stageId}/audit'],
    [
      'PUT',
      '/{objectType}/{pipelineId}',
      dealPipeline('R', { stages: [dealStage('S', 0, { stageId: 's' }), dealStage('T', 0)] }),
    ],
    ['GET', '/{objectType}/{pipelineId}/audit'],
    ['DELETE', '/{objectType}/{pipelineId}/stages/{stageId}'],
    ['DELETE', '/{objectType}/{pipelineId}'],
  ];

function readSpecification(file: string): OpenApi {
  const specification = JSON.parse(readFileSync(join(folder, file), 'utf8')) as OpenApi;
  for (const { schema, property, instead } of deviations) {
    specification.components.schemas[schema]!.properties![property] = instead;
  }
  // The files say nothing about members that they do not name; a member that HubSpot does not have is a mistake here.
  for (const schema of Object.values(specification.components.schemas)) {
    if (schema.properties !== undefined) schema['additionalProperties'] ??= false;
  }
  return specification;
}

function problems({ components }: OpenApi, response: Response, reply: Reply): unknown {
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined) return reply.text === '' ? null : 'a body where there is none';
  // Not strict, as the files have keywords of OpenAPI's own, such as `example`.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('int32', {
    type: 'number',
    validate: (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  });
  const validate = ajv.compile({ ...schema, components });
  return validate(reply.body) ? null : validate.errors;
}

const areThere = existsSync(folder);
if (!areThere) process.stdout.write(`Not held against HubSpot's OpenAPI files: ${folder} is missing.\n`);

describe.skipIf(!areThere)("answers fit HubSpot's OpenAPI files", () => {
  test.each(files)('the answers of $api fit $file, in all fourteen operations', async ({ api, file, paths }) => {
    const specification = readSpecification(file);
    const sandbox = await openSandbox();
    const operations = Object.entries(specification.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(steps.map(([method, path]) => `${method} ${paths}${path}`).toSorted()).toEqual(operations.toSorted());

    for (const [method, path, body] of steps) {
      const url = api + path.replace('{objectType}', 'deals').replace('{pipelineId}', 'p').replace('{stageId}', 's');
      const reply = await sandbox.call(method, url, { body });
      const response = specification.paths[paths + path]![method.toLowerCase()]!.responses[reply.status];
      expect(response, `${method} ${path} answered ${reply.status} ${reply.text}`).toBeDefined();
      expect(problems(specification, response!, reply), `${method} ${path} ${reply.text}`).toBeNull();
      if (response!.headers?.['Location'] !== undefined) expect(reply.headers['location']).toBeDefined();
    }
  });

  test.each(files)('the seeds of $api fit $file, for every object type', async ({ api, file, paths }) => {
    const specification = readSpecification(file);
    const sandbox = await openSandbox();
    const response = specification.paths[`${paths}/{objectType}`]!['get']!.responses['200']!;
    for (const name of ['tickets', 'contacts', 'companies', 'tasks', 'leads', 'services', 'courses', 'orders', '2-1']) {
      expect(problems(specification, response, await sandbox.get(`${api}/${name}`)), name).toBeNull();
    }
  });

  test('the table of deviations has no line that nothing needs', () => {
    for (const { schema, property, instead } of deviations) {
      const { components } = JSON.parse(readFileSync(join(folder, files[0]!.file), 'utf8')) as OpenApi;
      expect(components.schemas[schema]!.properties![property]).not.toMatchObject(instead);
    }
  });
});
