import type { ServerResponse } from 'node:http';
import type { ContentCoding } from '../config/answers-config.ts';
import { release } from '../operations/release.ts';
import { codingFor } from './coding/content-coding.ts';
import { encodeBody } from './coding/encode-body.ts';
import { endWith } from './end-with.ts';
import type { Exchange } from './exchange.ts';
import { writeHead } from './write-head.ts';

/** Bytes whose memory is given back once they are sent; of less it costs more than it saves. */
const WORTHWHILE = 16 * 1024;

/** The answer of an operation whose answers are not kept. The promise is a coder's, where that needs time. */
export function sendAnswer(exchange: Exchange, json: Uint8Array): Promise<void> | undefined {
  const { route } = exchange.operation;
  exchange.head.push('Cache-Control', 'no-store');
  if (!route.hasOutput) {
    writeHead(exchange, route.status).end();
    return undefined;
  }
  const sending = sendBody(exchange, route.status, 'application/json', json);
  // What is kept has others to read it, and so may what a compressor reads in a thread of its own.
  if (sending === undefined && route.cache === undefined) releaseSent(exchange.response, json);
  return sending;
}

function releaseSent(response: ServerResponse, json: Uint8Array): void {
  if (json.length <= WORTHWHILE) return;
  response.once('finish', () => {
    release(json);
  });
}

/** Ends the answer with a body of text, compressed if the client likes that. */
export function sendBody(
  exchange: Exchange,
  status: number,
  type: string,
  body: Uint8Array,
): Promise<void> | undefined {
  const coding = codingFor(exchange.codings, body.length);
  if (coding === undefined) {
    sendEncoded(exchange, status, type, body);
    return undefined;
  }
  const encoded = encodeBody(body, coding);
  if (encoded instanceof Promise)
    return encoded.then((bytes) => {
      sendEncoded(exchange, status, type, bytes, coding);
    });
  sendEncoded(exchange, status, type, encoded, coding);
  return undefined;
}

function sendEncoded(
  exchange: Exchange,
  status: number,
  type: string,
  body: Uint8Array,
  coding?: ContentCoding,
): void {
  const { head } = exchange;
  if (coding !== undefined) head.push('Content-Encoding', coding);
  head.push('Content-Type', type, 'Content-Length', String(body.length));
  endWith(writeHead(exchange, status), body);
}
