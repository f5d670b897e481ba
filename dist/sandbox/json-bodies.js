/** Makes the routes read any body as JSON, a DELETE's too; none at all is undefined, and what is no JSON fails as `malformed` says. */
export function readJsonBodies(routes, malformed) {
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser('*', { parseAs: 'string' }, async (_request, text) => {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw malformed();
    }
  });
}
