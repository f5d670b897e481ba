import { connect } from 'node:net';

/** What came back on a connection until the other side closed it. */
interface RawAnswer {
  /** Null where nothing came. */
  readonly status: number | null;
  readonly headers: string;
  readonly body: string;
}

/** Sends bytes as they are, whatever they are, and waits until the other side closes. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => void socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset is an end too.
    socket.on('error', () => {});
    socket.on('close', () => resolve(toAnswer(Buffer.concat(chunks).toString())));
  });
}

function toAnswer(text: string): RawAnswer {
  const [headers = '', ...body] = text.split('\r\n\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(headers)?.[1];
  return { status: status === undefined ? null : Number(status), headers, body: body.join('\r\n\r\n') };
}

/** The text of a request that asks for the connection to be closed; the length of the body is added unless it is given. */
export function toRequest(line: string, headers: readonly string[], body: string | Buffer = ''): Buffer {
  const hasLength = headers.some((header) => /^(content-length|transfer-encoding):/i.test(header));
  const all = [...headers, ...(hasLength || body.length === 0 ? [] : [`content-length: ${Buffer.byteLength(body)}`])];
  return Buffer.concat([Buffer.from(`${[line, 'connection: close', ...all].join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}
