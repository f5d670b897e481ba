import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that some tests need and npm does not install. */
interface Program {
  readonly name: string;
  readonly path: string;
  /** The variable that can name another path. */
  readonly variable: string;
  readonly debianPackage: string;
  /** What is skipped without it. */
  readonly tests: string;
}

/**
 * The path of a program: the one that its variable names, else Debian's, which root on Debian gets installed where it is
 * missing. Null where there is none and none can be installed; in CI, where nothing may be skipped, that is an error.
 */
export async function provideProgram({ name, variable, debianPackage, tests, ...usual }: Program) {
  const named = process.env[variable];
  const path = named ?? usual.path;
  if (await exists(path)) return path;
  const problem = named === undefined ? await install(debianPackage, variable) : `${variable} is wrong`;
  if (problem === null) return path;
  const message = `There is no ${name} at ${path}: ${problem}.`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(`${message} ${tests} are skipped.`);
  return null;
}

/** Why it could not be installed; null where it was. */
async function install(debianPackage: string, variable: string): Promise<string | null> {
  const isRootOnDebian = process.getuid?.() === 0 && (await exists('/etc/debian_version'));
  if (!isRootOnDebian) return `only root on Debian gets it installed, and ${variable} names no other`;
  // Test files run side by side, so that another one may be at it already.
  const apt = (...args: string[]) => run('flock', ['/tmp/pipeline-gateway-apt.lock', 'apt-get', '-qq', ...args]);
  try {
    await apt('update');
    await apt('install', '--yes', '--no-install-recommends', debianPackage);
    return null;
  } catch (error) {
    return `apt-get cannot install it: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
