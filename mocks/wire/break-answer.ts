import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRandom, type Random } from '../../wsdl/index.ts';
import { send } from '../send.ts';
import type { WireFault } from './wire-fault.ts';
import { waited } from './waited.ts';

/** An answer before anything goes wrong with it. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Answers as a broken server, proxy or network would. */
export async function breakAnswer(
  wire: WireFault,
  answer: HttpAnswer,
  request: IncomingMessage,
  response: ServerResponse,
  held: Set<ServerResponse>,
): Promise<void> {
  const { status, contentType, body } = answer;
  switch (wire.kind) {
    case 'reset':
      return reset(wire.at, answer, request, response);
    case 'truncate':
      return truncate(wire.bytes ?? body.length >> 1, answer, response);
    case 'drip':
      return drip(wire, answer, response);
    case 'garbage':
      send(response, status, contentType, randomBytes(Math.max(64, body.length)));
      return;
    case 'no-http':
      request.socket.end(randomBytes(256));
      return;
    case 'content-type':
      send(response, status, wire.value, body);
      return;
    case 'status':
      send(response, wire.status, contentType, body);
      return;
    case 'html':
      send(response, wire.status, 'text/html; charset=utf-8', errorPage(wire.status));
      return;
    case 'huge':
      return sendHuge(wire.bytes, answer, response);
    case 'empty':
      response.writeHead(status, { 'content-type': contentType, 'content-length': 0 }).end();
      return;
    case 'none':
      held.add(response);
      response.once('close', () => held.delete(response));
      return;
    case 'duplicate':
      send(response, status, contentType, body);
      return;
    case 'stale':
      staleConnections.add(request.socket);
      send(response, status, contentType, body);
      return;
  }
}

type SpoilingFault = Extract<
  WireFault,
  { readonly kind: 'truncate' | 'garbage' | 'content-type' | 'html' | 'huge' | 'empty' }
>;

/** Type and body of an answer that is spoilt as a whole, for who does not send it over HTTP. */
export function spoilt(
  wire: SpoilingFault,
  { contentType, body }: Pick<HttpAnswer, 'contentType' | 'body'>,
): Pick<HttpAnswer, 'contentType' | 'body'> {
  switch (wire.kind) {
    case 'truncate':
      return { contentType, body: body.subarray(0, wire.bytes ?? body.length >> 1) };
    case 'garbage':
      return { contentType, body: randomBytes(Math.max(64, body.length)) };
    case 'content-type':
      return { contentType: wire.value, body };
    case 'html':
      return { contentType: 'text/html; charset=utf-8', body: Buffer.from(errorPage(wire.status)) };
    case 'huge':
      return { contentType, body: Buffer.concat([body, Buffer.alloc(wire.bytes, ' ')]) };
    case 'empty':
      return { contentType, body: Buffer.alloc(0) };
  }
}

/** Connections that were promised to be kept and are not. */
const staleConnections = new WeakSet<IncomingMessage['socket']>();

/** Whether the request came too late: its connection is reset, as by a server that closed it a moment ago. */
export function resetIfStale({ socket }: IncomingMessage): boolean {
  if (!staleConnections.has(socket)) return false;
  socket.resetAndDestroy();
  return true;
}

/** A reset throws away what the client's machine has received and the client not yet read. */
const ARRIVAL_MILLISECONDS = 25;

async function reset(
  at: 'start' | 'headers' | 'body',
  { status, contentType, body }: HttpAnswer,
  { socket }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (at !== 'start') {
    response.writeHead(status, { 'content-type': contentType, 'content-length': body.length }).flushHeaders();
    await written(response, at === 'body' ? body.subarray(0, Math.max(1, body.length >> 1)) : undefined);
    await waited(response, ARRIVAL_MILLISECONDS);
  }
  socket.resetAndDestroy();
}

async function truncate(
  bytes: number,
  { status, contentType, body }: HttpAnswer,
  response: ServerResponse,
): Promise<void> {
  const length = Math.max(body.length, bytes + 1);
  response.writeHead(status, { 'content-type': contentType, 'content-length': length }).flushHeaders();
  await written(response, body.subarray(0, bytes));
  response.socket?.end();
}

function written(response: ServerResponse, bytes: Uint8Array | undefined): Promise<void> {
  const { socket } = response;
  return new Promise((resolve) => {
    if (socket === null || socket.destroyed) return resolve();
    const done = (): void => resolve();
    socket.once('close', done);
    if (bytes === undefined || bytes.length === 0) socket.write('', done);
    else response.write(bytes, done);
  });
}

async function drip(
  { bytes, milliseconds }: WireFault & { readonly kind: 'drip' },
  { status, contentType, body }: HttpAnswer,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
  for (let at = 0; at < body.length; at += bytes) {
    response.write(body.subarray(at, at + bytes));
    if (!(await waited(response, milliseconds))) return;
  }
  response.end();
}

const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** White space behind the root element is no mistake of XML (XML 1.0, 2.8): only its size is wrong. */
async function sendHuge(
  bytes: number,
  { status, contentType, body }: HttpAnswer,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length + bytes });
  response.write(body);
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    if (response.destroyed) return;
    const hasRoom = response.write(CHUNK.subarray(0, Math.min(left, CHUNK.length)));
    if (!hasRoom) await roomOrEnd(response);
  }
  response.end();
}

function roomOrEnd(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}

function errorPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
  return `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><hr>gateway</body></html>\n`;
}

const random: Random = createRandom(1);

function randomBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(0, 255));
}
