import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { listen } from './listen.ts';

/** An address that nobody listens on. */
export async function refusingUrl(): Promise<string> {
  const server = createServer();
  const url = await listen(server);
  server.close();
  await once(server, 'close');
  return url;
}

/** A server that takes every connection and all that is sent, and never says a word. */
export async function startSilentServer(): Promise<{ readonly url: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.resume().on('error', () => {}));
  });
  return {
    url: await listen(server),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A server in a process of its own, whose queue of connections is full. */
interface BusyServer {
  readonly url: string;
  /** Lets it take connections; from then on it answers every request with an empty list. */
  wake(): void;
  /** The requests that it got. */
  readonly requests: readonly string[];
  /** How many connections it took, those that fill its queue included. */
  readonly connections: () => number;
  readonly fillers: number;
  close(): void;
}

const busyServer = `
  const server = require('node:http').createServer((request, response) => {
    console.log('request ' + request.method + ' ' + request.url);
    response.setHeader('content-type', 'application/json');
    response.end('{"results":[]}');
  });
  server.on('connection', () => console.log('connection'));
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log('port ' + server.address().port));`;

/** Starts a server to which no connection can be made before it is woken; null where the system lets some through all the same. */
export async function startBusyServer(): Promise<BusyServer | null> {
  const child = spawn(process.execPath, ['-e', busyServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const read = (word: string) =>
    lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length + 1));
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')));
  await once(child.stdout, 'data');
  const port = Number(read('port')[0]);
  child.kill('SIGSTOP');
  const fillers: Socket[] = [];
  const close = (): void => {
    for (const socket of fillers) socket.destroy();
    child.kill('SIGKILL');
  };
  while (await isConnected(fillers, port)) {
    if (fillers.length < 16) continue;
    close();
    return null;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    wake: () => void child.kill('SIGCONT'),
    get requests() {
      return read('request');
    },
    connections: () => read('connection').length,
    fillers: fillers.length,
    close,
  };
}

/** Adds a connection; whether it came about soon. */
async function isConnected(fillers: Socket[], port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  fillers.push(socket);
  return Promise.race([
    once(socket, 'connect').then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 250)),
  ]);
}
