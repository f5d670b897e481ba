// Loaded before anything that needs type stripping, so that an older Node gets a sentence and not a syntax error.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `pipeline-gateway needs Node 24 or newer; this is ${process.versions.node}.\n` +
      'npm brings it along: run through an npm script (npm start, npm test). If npm ran with --ignore-scripts, run: npm rebuild node',
  );
  process.exit(1);
}
