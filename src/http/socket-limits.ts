import type { ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { badRequest, toBody } from '../graphql/request-error.ts';
import type { HttpLimits } from './limits.ts';
import { privateHeaders } from './private-answers.ts';

/** How often Node looks for requests that take too long. */
const checkIntervalMs = 500;

interface SocketOptions {
  readonly http: ServerOptions;
  readonly requestTimeout: number;
  readonly connectionTimeout: number;
  readonly clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => void;
}

/**
 * Fastify's options that keep slow senders and slow readers from holding sockets. One that does not send its request in time
 * is answered with 408 and closed. One on which nothing moves for longer than a request and its answer may take is closed.
 */
export function toSocketOptions({ headerTimeoutMs, requestTimeoutMs }: HttpLimits, deadlineMs: number): SocketOptions {
  const requestTimeout = Math.max(headerTimeoutMs, requestTimeoutMs);
  return {
    http: { headersTimeout: headerTimeoutMs, requestTimeout, connectionsCheckingInterval: checkIntervalMs },
    requestTimeout,
    connectionTimeout: requestTimeout + deadlineMs,
    clientErrorHandler: refuseUnreadable,
  };
}

const statuses: Readonly<Record<string, readonly [number, string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The head of the request is too large.'],
};

/** Answers what is no HTTP request, or not in time one, on the bare socket. */
function refuseUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const [status, reason, message] = statuses[code] ?? [400, 'Bad Request', 'This is not an HTTP request.'];
  const body = toBody(badRequest(status, message));
  socket.write(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      ...Object.entries(privateHeaders).map(([name, value]) => `${name}: ${value}`),
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  socket.destroySoon();
}
