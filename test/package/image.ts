import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { run } from './run.ts';

/** What a Dockerfile describes, made in a folder, because Docker does not run everywhere that tests do. */
export interface Image {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  /** The arguments of `node`. */
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  remove(): void;
}

interface Stage {
  readonly root: string;
  folder: string;
  user: string;
  readonly environment: Record<string, string>;
  command: readonly string[];
  healthCheck: readonly string[];
}

/** Follows the Dockerfile of `context`. Knows the instructions that it uses, and rejects any other. */
export async function buildImage(context: string): Promise<Image> {
  const base = mkdtempSync(join(tmpdir(), 'pipeline-gateway-image-'));
  chmodSync(base, 0o755);
  const stages = new Map<string, Stage>();
  let stage = createStage(join(base, 'none'));
  for (const { name, rest } of readInstructions(join(context, 'Dockerfile'))) {
    if (name === 'FROM') {
      const stageName = / AS (\w+)$/.exec(rest)?.[1] ?? 'final';
      stage = createStage(join(base, stageName));
      stages.set(stageName, stage);
    } else await follow(name, rest, stage, stages, context);
  }
  // The image's own Node, where every user may run it.
  copyFileSync(process.execPath, join(base, 'node'));
  return {
    root: stage.root,
    workingDirectory: join(stage.root, stage.folder),
    environment: stage.environment,
    user: stage.user,
    command: [join(base, 'node'), ...stage.command.slice(1)],
    healthCheck: [join(base, 'node'), ...stage.healthCheck.slice(1)],
    remove: () => rmSync(base, { recursive: true }),
  };
}

function createStage(root: string): Stage {
  mkdirSync(root);
  return { root, folder: '/', user: 'root', environment: {}, command: [], healthCheck: [] };
}

/** Instructions, each on one line, without comments. */
function readInstructions(file: string): readonly { readonly name: string; readonly rest: string }[] {
  const lines = readFileSync(file, 'utf8').replaceAll('\\\n', ' ').split('\n');
  return lines
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.replace(/^\w+ +/, '') }));
}

async function follow(
  name: string,
  rest: string,
  stage: Stage,
  stages: ReadonlyMap<string, Stage>,
  context: string,
): Promise<void> {
  switch (name) {
    case 'WORKDIR':
      stage.folder = rest;
      mkdirSync(join(stage.root, rest), { recursive: true });
      return;
    case 'COPY':
      return copy(rest, stage, stages, context);
    case 'RUN':
      return void (await run(rest, join(stage.root, stage.folder)));
    case 'ENV':
      return void Object.assign(stage.environment, Object.fromEntries(rest.split(' ').map((pair) => pair.split('='))));
    case 'USER':
      stage.user = rest;
      return;
    case 'HEALTHCHECK':
      stage.healthCheck = JSON.parse(rest.replace(/^.*?CMD /, ''));
      return;
    case 'CMD':
      stage.command = JSON.parse(rest);
      return;
    case 'EXPOSE':
      return;
    default:
      throw new Error(`This Dockerfile has an instruction that is not known here: ${name}`);
  }
}

function copy(rest: string, stage: Stage, stages: ReadonlyMap<string, Stage>, context: string): void {
  const [, from, paths = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? [];
  const names = paths.split(' ');
  const target = join(stage.root, stage.folder, names.pop() ?? '');
  const source = from === undefined ? context : (stages.get(from)?.root ?? '');
  const ignored = from === undefined ? readFileSync(join(context, '.dockerignore'), 'utf8').trim().split('\n') : [];
  for (const path of names) {
    const file = join(source, path);
    cpSync(file, statSync(file).isFile() ? join(target, basename(file)) : target, {
      recursive: true,
      filter: (candidate) => !ignored.includes(relative(source, candidate)),
      verbatimSymlinks: true,
    });
  }
}
