import { createServer } from 'node:http';
import { request as send } from 'undici';
import { listen } from '../support/listen.ts';

/** A request as it was sent, with its body. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  // A test knows the shape that it expects.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Stands between the gateway and an upstream and writes down what is sent, for what the upstream's state does not show. */
interface Recorder {
  readonly url: string;
  readonly requests: RecordedRequest[];
  close(): Promise<void>;
}

/** Starts a recorder in front of the upstream whose URL `toUpstream` gives. */
export async function startRecorder(toUpstream: () => string): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const { method = '', url: target = '' } = incoming;
      requests.push({ method, target, body: text === '' ? undefined : JSON.parse(text) });
      const { authorization = '', accept = '', 'content-type': type = '' } = incoming.headers;
      const answer = await send(`${toUpstream()}${target}`, {
        method: method as 'GET',
        headers: { authorization, accept, ...(type === '' ? {} : { 'content-type': type }) },
        body: text === '' ? null : text,
      });
      outgoing.writeHead(answer.statusCode, { 'content-type': 'application/json' });
      outgoing.end(await answer.body.text());
    })();
  });
  return {
    url: await listen(server),
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
