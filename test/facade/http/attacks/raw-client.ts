import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

interface Server {
  readonly url: string;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes bytes as they are, and reads until the server closes the connection. Half-open: the client never says that it has ended. */
export async function sendRaw(
  server: Server,
  ...writes: readonly (string | Uint8Array)[]
): Promise<RawAnswer[]> {
  const socket = openRaw(server);
  for (const bytes of writes) socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  return readRaw(socket);
}

export function openRaw({ url }: Server): Socket {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  // A server that refuses may reset the connection while bytes are still on their way.
  return socket.on('error', () => undefined);
}

/** All answers until the connection is closed. */
export async function readRaw(socket: Socket): Promise<RawAnswer[]> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  socket.destroy();
  return answersIn(Buffer.concat(chunks).toString('latin1'));
}

function answersIn(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    if (!/^HTTP\/1\.1 \d{3} /.test(rest) || end === -1) throw new Error(`no answer: ${rest.slice(0, 200)}`);
    const [line = '', ...fields] = rest.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(fields.map(toField));
    rest = rest.slice(end + 4);
    const status = Number(line.slice(9, 12));
    const length = status < 200 ? 0 : lengthOf(headers, rest);
    answers.push({ status, headers, body: rest.slice(0, length) });
    rest = rest.slice(length);
  }
  return answers.filter(({ status }) => status >= 200);
}

function toField(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function lengthOf(headers: Readonly<Record<string, string>>, rest: string): number {
  if (headers['transfer-encoding'] !== 'chunked') return Number(headers['content-length'] ?? 0);
  const end = rest.indexOf('0\r\n\r\n');
  return end === -1 ? rest.length : end + 5;
}
