import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const run = promisify(execFile);

/**
 * The path of a Chromium: the one that CHROMIUM_PATH names, else Debian's, which root on Debian gets installed where it
 * is missing. Null where there is none and none can be installed; in CI, where nothing may be skipped, that is an error.
 */
export async function provideChromium(): Promise<string | null> {
  const named = process.env['CHROMIUM_PATH'];
  const path = named ?? '/usr/bin/chromium';
  if (await exists(path)) return path;
  const problem = named === undefined ? await install() : 'CHROMIUM_PATH is wrong';
  if (problem === null) return path;
  const message = `There is no Chromium at ${path}: ${problem}.`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(`${message} The browser tests are skipped.`);
  return null;
}

/** Starts it, headless and silent: with a profile of its own, and without the calls home that a browser makes. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Why it could not be installed; null where it was. */
async function install(): Promise<string | null> {
  const isRootOnDebian = process.getuid?.() === 0 && (await exists('/etc/debian_version'));
  if (!isRootOnDebian) return 'only root on Debian gets it installed, and CHROMIUM_PATH names no other';
  // Test files run side by side, so that another one may be at it already.
  const apt = (...args: string[]) => run('flock', ['/tmp/pipeline-gateway-apt.lock', 'apt-get', '-qq', ...args]);
  try {
    await apt('update');
    await apt('install', '--yes', '--no-install-recommends', 'chromium');
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
