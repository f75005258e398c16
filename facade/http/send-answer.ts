import type { ContentCoding } from '../config/answers-config.ts';
import { codingFor } from './coding/content-coding.ts';
import { encodeBody } from './coding/encode-body.ts';
import { endWith } from './end-with.ts';
import type { Exchange } from './exchange.ts';
import { writeHead } from './write-head.ts';

/** The answer of an operation whose answers are not kept. The promise is a coder's, where that needs time. */
export function sendAnswer(exchange: Exchange, json: Uint8Array): Promise<void> | undefined {
  const { route } = exchange.operation;
  exchange.head.push('Cache-Control', 'no-store');
  if (!route.hasOutput) {
    writeHead(exchange, route.status).end();
    return undefined;
  }
  return sendBody(exchange, route.status, 'application/json', json);
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
