import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a shell command to its end, as somebody does who is not inside of an npm script; rejects where it fails. */
export async function run(command: string, cwd: string): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const { stdout } = await execute('sh', ['-c', command], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
