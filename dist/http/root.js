/** Answers at /: leads a browser to GraphiQL, where that is on, and tells every other client what is where. */
export function addRoot(app, { graphiql }) {
  const directory = {
    graphql: '/graphql',
    ...(graphiql ? { graphiql: '/graphiql' } : {}),
    health: { live: '/health/live', ready: '/health/ready' },
    metrics: '/metrics',
  };
  app.get('/', ({ headers }, reply) => {
    void reply.header('vary', 'accept');
    if (graphiql && headers.accept?.includes('text/html') === true) return reply.redirect('/graphiql');
    return directory;
  });
}
