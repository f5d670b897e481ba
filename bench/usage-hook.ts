// Loaded into every server of a benchmark by `--import`: says over IPC what the process has used.
process.on('message', (question) => {
  if (question !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, rss: process.memoryUsage().rss });
});
// A server that only waits for questions may end, and none outlives the benchmark.
process.channel?.unref();
process.on('disconnect', () => process.exit());
