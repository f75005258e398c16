import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** NT hash of the password "Password" (MS-NLMP, 4.2.2.1.2): nothing here calculates an MD4. */
const NT_HASH = Buffer.from('a4f49c406510bdcab6824ee7c30fd852', 'hex');

export interface NtlmServerOptions {
  /** Each request must be authenticated, not each connection. */
  readonly forgets?: boolean;
  /** The challenge tells its time, so a MIC is expected. */
  readonly tellsTime?: boolean;
  /** In place of the challenge. */
  readonly challenge?: string;
}

export interface NtlmServer {
  readonly url: string;
  /** Bodies that were answered, and what was said to each request, in order. */
  readonly bodies: string[];
  readonly log: string[];
  readonly connections: () => number;
  dropConnections(): void;
  close(): Promise<void>;
}

interface Session {
  negotiate?: Buffer;
  challenge?: Buffer;
  isKnown?: boolean;
}

const ENVELOPE = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>';
const SERVER_CHALLENGE = Buffer.from('0123456789abcdef', 'hex');

/** The service's side of NTLMv2, for User in Domain, written from MS-NLMP 3.2.5 alone. */
export async function startNtlmServer(options: NtlmServerOptions = {}): Promise<NtlmServer> {
  const sessions = new Map<Socket, Session>();
  const bodies: string[] = [];
  const log: string[] = [];
  let opened = 0;
  const server = createServer((request, response) => void answer(request, response));
  server.on('connection', (socket: Socket) => {
    opened += 1;
    sessions.set(socket, {});
    socket.once('close', () => sessions.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(request)).toString();
    const session = sessions.get(request.socket) ?? {};
    const message = Buffer.from(/^NTLM (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', 'base64');
    const verdict = judge(session, message, options);
    log.push(`${verdict}${body === '' ? '' : ' with body'}`);
    if (verdict === 'challenged') {
      refuse(response, `NTLM ${options.challenge ?? session.challenge!.toString('base64')}`);
      return;
    }
    if (verdict === 'refused') {
      refuse(response, 'NTLM');
      return;
    }
    bodies.push(body);
    if (options.forgets) delete session.isKnown;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(ENVELOPE);
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/soap`,
    bodies,
    log,
    connections: () => opened,
    dropConnections: () => {
      for (const socket of sessions.keys()) socket.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function refuse(response: ServerResponse, scheme: string): void {
  response
    .writeHead(401, { 'www-authenticate': ['Basic realm="a"', scheme] })
    .end('<html>Unauthorized</html>');
}

function judge(session: Session, message: Buffer, options: NtlmServerOptions): string {
  if (message.length === 0) return session.isKnown ? 'answered' : 'refused';
  if (message.readUInt32LE(8) === 1) {
    session.negotiate = message;
    session.challenge = challengeMessage(options.tellsTime === true);
    return 'challenged';
  }
  session.isKnown =
    session.challenge !== undefined && isAuthentic(session, message, options.tellsTime === true);
  return session.isKnown ? 'answered' : 'refused';
}

/** CHALLENGE_MESSAGE of the server "Server" in "Domain". */
function challengeMessage(tellsTime: boolean): Buffer {
  const pair = (id: number, value: Buffer): Buffer =>
    Buffer.concat([Buffer.from(Uint16Array.of(id, value.length).buffer), value]);
  const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
  const target = wide('Domain');
  const info = Buffer.concat([
    pair(2, target),
    pair(1, wide('Server')),
    ...(tellsTime ? [pair(7, Buffer.from('0090d336b734c301', 'hex'))] : []),
    pair(0, Buffer.alloc(0)),
  ]);
  const head = Buffer.alloc(56);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(2, 8);
  head.writeUInt16LE(target.length, 12);
  head.writeUInt16LE(target.length, 14);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(0x00888205, 20);
  SERVER_CHALLENGE.copy(head, 24);
  head.writeUInt16LE(info.length, 40);
  head.writeUInt16LE(info.length, 42);
  head.writeUInt32LE(56 + target.length, 44);
  return Buffer.concat([head, target, info]);
}

function isAuthentic({ negotiate, challenge }: Session, message: Buffer, tellsTime: boolean): boolean {
  const field = (at: number): Buffer =>
    message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at));
  const md5 = (key: Buffer, ...parts: Buffer[]): Buffer =>
    createHmac('md5', key).update(Buffer.concat(parts)).digest();
  const identity = Buffer.from(
    field(36).toString('utf16le').toUpperCase() + field(28).toString('utf16le'),
    'utf16le',
  );
  const key = md5(NT_HASH, identity);
  const nt = field(20);
  const proof = md5(key, SERVER_CHALLENGE, nt.subarray(16));
  if (!proof.equals(nt.subarray(0, 16))) return false;
  if (!tellsTime) return true;
  const blank = Buffer.from(message);
  blank.fill(0, 72, 88);
  const mic = md5(md5(key, proof), negotiate!, challenge!, blank);
  const time = nt.subarray(24, 32).toString('hex');
  return (
    mic.equals(message.subarray(72, 88)) &&
    time === '0090d336b734c301' &&
    field(12).every((byte) => byte === 0)
  );
}
