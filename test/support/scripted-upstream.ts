import { createServer } from 'node:http';
import { listen } from './listen.ts';

/** A request that reached the upstream, with its body to the letter. */
interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly text: string;
}

/** An upstream that says what a test wrote down for it, and nothing else. */
interface ScriptedUpstream {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  close(): void;
}

/** Starts it. `answers` are JSON texts by `METHOD /path`; any other GET is an empty 404, any other write is taken. */
export async function startScriptedUpstream(answers: Readonly<Record<string, string>>): Promise<ScriptedUpstream> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const { method = '', url = '' } = request;
      const { pathname: path } = new URL(url, 'http://upstream');
      requests.push({ method, path, text: Buffer.concat(chunks).toString() });
      const answer = answers[`${method} ${path}`];
      response.writeHead(answer === undefined && method === 'GET' ? 404 : 200, { 'content-type': 'application/json' });
      response.end(answer ?? '');
    });
  });
  return {
    url: await listen(server),
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
