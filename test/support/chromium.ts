import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { provideProgram } from './debian-package.ts';

/** The path of a Chromium, installed where it is missing; null where the browser tests are to be skipped. */
export function provideChromium(): Promise<string | null> {
  return provideProgram({
    name: 'Chromium',
    path: '/usr/bin/chromium',
    variable: 'CHROMIUM_PATH',
    debianPackage: 'chromium',
    tests: 'The browser tests',
  });
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
