import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How an answer's bytes are sent (RFC 9110, 8.4.1). */
export type ContentCoding = 'br' | 'gzip' | 'identity';

/** Below this, compressing costs more than it spares. */
const minBytes = 1024;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** How hard to try: an answer that is sent once is worth less than one that is kept. */
const efforts = { once: { br: 1, gzip: 1 }, kept: { br: 5, gzip: 6 } } as const;

/** What the client takes that makes the answer the smallest; `identity` for a small one. */
export function chooseCoding(acceptEncoding: string | undefined, bytes: number): ContentCoding {
  if (acceptEncoding === undefined || bytes < minBytes) return 'identity';
  const weights = readWeights(acceptEncoding);
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
  if (weightOf('br') > 0 && weightOf('br') >= weightOf('gzip')) return 'br';
  return weightOf('gzip') > 0 ? 'gzip' : 'identity';
}

function readWeights(header: string): ReadonlyMap<string, number> {
  return new Map(
    header.split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';');
      const weight = /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(parameters.join(';'))?.[1];
      return [coding.trim().toLowerCase(), weight === undefined ? 1 : Number(weight)];
    }),
  );
}

/** The bytes in a coding. Compressing happens in another thread. */
export async function encode(bytes: Buffer, coding: ContentCoding, effort: keyof typeof efforts): Promise<Buffer> {
  if (coding === 'identity') return bytes;
  const level = efforts[effort][coding];
  if (coding === 'gzip') return compressGzip(bytes, { level });
  return compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: level } });
}
