/** Whether the gateway is there (`/health/live`), and whether it is to be sent requests (`/health/ready`). */
export function addHealth(app, isReady) {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', (_, reply) => {
    void reply.code(isReady() ? 200 : 503);
    return { status: isReady() ? 'ready' : 'stopping' };
  });
}
