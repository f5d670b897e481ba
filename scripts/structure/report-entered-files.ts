// Loaded into a gateway's process before the gateway: to each message it answers with the files entered since the last one.
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The project's files with a function that was called since this was asked last. */
async function takeEnteredFiles(): Promise<readonly string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .flatMap(({ url }) => (url.startsWith('file:') ? [fileURLToPath(url)] : []))
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length).replaceAll('\\', '/'));
}

process.on('message', () => void takeEnteredFiles().then((files) => process.send?.(files)));
