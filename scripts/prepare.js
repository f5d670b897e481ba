// npm runs this after every install, and so also after one without development dependencies, which has nothing to build with.
if (isInstalled('vite')) {
  const { build } = await import('vite');
  await build({ configFile: 'graphiql/vite.config.js', logLevel: 'warn' });
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
