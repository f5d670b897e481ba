// Loaded into the gateway's process beside the gateway: tells its memory, and how long its event loop stood still.
import { createServer } from 'node:http';
import { listen } from '../support/listen.ts';

const tickMs = 2;
let longestMs = 0;
let before = process.threadCpuUsage();

/** What the thread worked between two ticks is no less than its longest block, however busy the machine is. */
function tick(): void {
  const { user, system } = process.threadCpuUsage(before);
  longestMs = Math.max(longestMs, (user + system) / 1_000);
  before = process.threadCpuUsage();
}
setInterval(tick, tickMs).unref();

const server = createServer((_, response) => {
  tick();
  const blockMs = longestMs;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  // The collection above is the probe's own doing.
  before = process.threadCpuUsage();
  longestMs = 0;
  response.end(JSON.stringify({ blockMs, memoryBytes: heapUsed + external }));
});
process.stderr.write(`probe ${await listen(server)}\n`);
server.unref();
