import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { startBank, type Bank } from '../../bank.ts';
import { openRaw, readRaw } from './raw-client.ts';

const LINE = 'POST /v1/transfers HTTP/1.1\r\nHost: x\r\n';
/** Well below the second that a request may take. */
const DRIP_MS = 100;

/** What is sent at once, and what drips after it for ever; undefined: nothing. */
const attacks: Readonly<Record<string, readonly [head: string, drip: string | undefined, status: number]>> = {
  'no request line': ['', undefined, 408],
  'half a request line': ['POST /v1/tr', undefined, 408],
  'a request line byte by byte': ['GET /', 'a', 408],
  'fields that never end': [LINE, 'X-A: b\r\n', 408],
  'one field that never ends': [`${LINE}X-A: `, 'b', 408],
  'no body': [
    `${LINE}AUTH\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`,
    undefined,
    408,
  ],
  'a body byte by byte': [
    `${LINE}AUTH\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`,
    ' ',
    408,
  ],
  'chunks of one byte': [
    `${LINE}AUTH\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    '1\r\n \r\n',
    408,
  ],
  'a chunk size that never ends': [
    `${LINE}AUTH\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    '0',
    408,
  ],
  'a body without a token': [
    `${LINE}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n`,
    ' ',
    401,
  ],
  'a body of GET': [
    'GET /v1/accounts/1 HTTP/1.1\r\nHost: x\r\nAUTH\r\nContent-Length: 1000\r\n\r\n',
    ' ',
    200,
  ],
  'a body of a page': ['GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n', ' ', 200],
  'a body of no path': ['POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n', ' ', 404],
};

describe(`slow clients (${Object.keys(attacks).length} kinds, all at once)`, () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({ yaml: 'server: { requestTimeoutSeconds: 1 }' });
  });
  after(() => bank.close());

  it('are answered and sent away, and meanwhile others are served', async () => {
    const auth = `Authorization: Bearer ${await bank.token()}`;
    const ends = Object.entries(attacks).map(async ([name, [head, drip, status]]) => {
      const socket = openRaw(bank);
      socket.write(head.replace('AUTH', auth));
      const stop = drip === undefined ? () => undefined : startDrip(socket, drip);
      const [answer] = await readRaw(socket);
      stop();
      return [name, answer?.status, status] as const;
    });
    for (let index = 0; index < 5; index += 1)
      assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
    for (const [name, found, expected] of await Promise.all(ends)) assert.equal(found, expected, name);
    assert.ok(bank.calls.every(({ action }) => action.includes('GetAccount')));
  });
});

function startDrip(socket: Socket, drip: string): () => void {
  const timer = setInterval(() => socket.write(drip), DRIP_MS);
  return () => {
    clearInterval(timer);
  };
}
