import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { configProblems } from '../../support/config-problems.ts';
import { organization, toSettings } from '../kinds.ts';

describe('configuration', () => {
  const env = { ORGANIZATION_TOKEN: 'org-token', ORGANIZATION_URL: 'https://org.example.com' };
  test('the variables of the organization API configure the one source of its kind', () => {
    const ids = 'Contact:64a000000000000000000001, Application:64a000000000000000000002';
    const { sources } = readConfig({ ...env, ORGANIZATION_PIPELINE_IDS: ids });
    expect(sources).toEqual([
      {
        name: 'organization',
        kind: 'organization',
        url: 'https://org.example.com',
        objectTypes: ['Contact', 'Application'],
        pipelineIds: [
          { type: 'Contact', id: '64a000000000000000000001' },
          { type: 'Application', id: '64a000000000000000000002' },
        ],
        credential: { mode: 'static', token: 'org-token' },
      },
    ]);
  });

  test('a variable of the organization API that is missing or wrong is named', () => {
    expect(configProblems({ ORGANIZATION_TOKEN: 'org-token' })).toEqual(['ORGANIZATION_URL: a URL is needed']);
    expect(configProblems({ ...env, ORGANIZATION_PIPELINE_IDS: 'Contact,Deal:1' })).toEqual([
      expect.stringContaining('ORGANIZATION_PIPELINE_IDS: '),
      expect.stringContaining('ORGANIZATION_PIPELINE_IDS: '),
    ]);
  });

  test('pipelines of an object type that the source is not to have are refused', () => {
    const pipelineIds = [{ type: 'Application', id: '1' }];
    expect(() =>
      toSettings(organization.settings, 'http://localhost', { objectTypes: ['Contact'], pipelineIds }),
    ).toThrow("must be of the source's object types");
  });
});
