import { accessSync, constants } from 'node:fs';
import { expect, test } from 'vitest';
import { readFile, root } from '../support/documentation.ts';

const workflow = readFile('.github/workflows/ci.yml');
/** The workflow's jobs, each as its text; that it is YAML is seen by the check of its format. */
const [, checkJob = '', releaseJob = ''] = /^jobs:\n( {2}check:\n.*?)( {2}release:\n.*)/ms.exec(workflow) ?? [];
const commandsOf = (job: string) => [...job.matchAll(/^ +(?:- )?run: (.*)$/gm)].map(([, command]) => command ?? '');

test('CI does nothing but what anybody can run', () => {
  expect(commandsOf(checkJob)).toEqual(['.ci/run']);
  accessSync(new URL('.ci/run', root), constants.X_OK);
});

test('CI runs for main, for version tags and for pull requests', () => {
  expect(workflow).toContain("\non:\n  push:\n    branches: [main]\n    tags: ['v*']\n  pull_request:\n");
});

test('CI has the history that the check of the schema looks at', () => {
  expect(checkJob).toContain('fetch-depth: 0');
});

test('a release comes from a version tag that was checked, and holds what .ci/pack makes', () => {
  expect(releaseJob).toContain("if: startsWith(github.ref, 'refs/tags/v')\n    needs: check\n");
  const [install, pack, release, ...more] = commandsOf(releaseJob);
  expect([install, pack, more]).toEqual(['npm ci', '.ci/pack artifacts "$GITHUB_REF_NAME"', []]);
  expect(release).toMatch(/^gh release create "\$GITHUB_REF_NAME" artifacts\/\* /);
  accessSync(new URL('.ci/pack', root), constants.X_OK);
});

test('only the release may write, and no step gets more than it needs', () => {
  expect(workflow.match(/^ *contents: \w+$/gm)).toEqual(['  contents: read', '      contents: write']);
  expect(releaseJob).toContain('contents: write');
  const actions = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action ?? '');
  for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/);
  expect(workflow.match(/persist-credentials: false/g)).toHaveLength(actions.length);
});
