// npm runs this after every install: also after one without development dependencies, which has nothing to build with, and on
// an old Node or npm, which may have left out a part of what builds. None of that is a reason for an install to fail.
if (isInstalled('vite')) {
  try {
    const { build } = await import('vite');
    await build({ configFile: 'graphiql/vite.config.js', logLevel: 'warn' });
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    console.log(`GraphiQL is not built (${reason}); everything else works. To build it, run: npm run build:graphiql`);
  }
} else {
  console.log('GraphiQL is not built: vite is not installed.');
}

function isInstalled(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
