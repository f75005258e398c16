import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { request as undiciRequest } from 'undici';
import { createMockServer, type MockServer } from '../../mocks/index.ts';
import type { WireFault } from '../../mocks/wire/wire-fault.ts';
import { GREETER, withDocuments } from './contracts.ts';
import { envelope } from './soap-client.ts';

const GREET = envelope('1.1', '<Greet xmlns="urn:greeter"><Name>Ada</Name></Greet>');

/** A mock whose next answers go wrong like this. */
async function withWire(
  wire: WireFault,
  use: (mock: MockServer, url: string) => Promise<void>,
): Promise<void> {
  await withDocuments(GREETER, async (folder) => {
    const mock = await createMockServer({ wsdl: join(folder, 'greeter.wsdl') });
    mock.switches.put('test', { wire });
    try {
      await use(mock, mock.endpointOf('Greeter', 'Greeter11'));
    } finally {
      await mock.close();
    }
  });
}

/** All bytes that came, and how the connection ended: closed in good order, or with this error. */
async function raw(url: string): Promise<{ readonly text: string; readonly end: string }> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  let end = 'closed';
  socket
    .on('data', (chunk) => chunks.push(chunk))
    .on('error', (error: NodeJS.ErrnoException) => (end = error.code ?? ''));
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: text/xml\r\nContent-Length: ${GREET.length}\r\nConnection: close\r\n\r\n${GREET}`,
  );
  await new Promise((resolve) => socket.once('close', resolve));
  return { text: Buffer.concat(chunks).toString('latin1'), end };
}

async function byUndici(url: string): Promise<{ status: number; type: string; body: string }> {
  const { statusCode, headers, body } = await undiciRequest(url, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: GREET,
  });
  return { status: statusCode, type: String(headers['content-type']), body: await body.text() };
}

/** By node:http over connections that are kept. */
async function byNode(url: string, agent: HttpAgent): Promise<number> {
  const request = httpRequest(url, { method: 'POST', agent, headers: { 'content-type': 'text/xml' } });
  request.end(GREET);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  await buffer(response);
  return response.statusCode ?? 0;
}

describe('a wire fault is what it says:', () => {
  it('reset at the start gives not a byte', () =>
    withWire({ kind: 'reset', at: 'start' }, async (_, url) => {
      assert.deepEqual(await raw(url), { text: '', end: 'ECONNRESET' });
      await assert.rejects(byUndici(url), { code: 'ECONNRESET' });
    }));

  it('reset after the headers gives the headers', () =>
    withWire({ kind: 'reset', at: 'headers' }, async (_, url) => {
      const { text, end } = await raw(url);
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n(?:.+\r\n)+\r\n$/);
      assert.equal(end, 'ECONNRESET');
    }));

  it('reset in the body gives a part of it', () =>
    withWire({ kind: 'reset', at: 'body' }, async (_, url) => {
      const { text, end } = await raw(url);
      assert.match(text, /\r\n\r\n<.+[^>]?$/s);
      assert.doesNotMatch(text, /Envelope>$/);
      assert.equal(end, 'ECONNRESET');
      await assert.rejects(byUndici(url));
    }));

  it('truncation ends in good order, but too early', () =>
    withWire({ kind: 'truncate', bytes: 20 }, async (_, url) => {
      const { text, end } = await raw(url);
      assert.equal(text.split('\r\n\r\n')[1]?.length, 20);
      assert.equal(end, 'closed');
      await assert.rejects(byUndici(url), /other side closed|terminated/);
    }));

  it('a drip comes whole, but slowly', () =>
    withWire({ kind: 'drip', bytes: 100, milliseconds: 20 }, async (_, url) => {
      const start = performance.now();
      const { body } = await byUndici(url);
      assert.match(body, /Envelope>$/);
      assert.ok(performance.now() - start >= Math.floor(body.length / 100) * 19);
    }));

  it('garbage is no XML, in a proper response', () =>
    withWire({ kind: 'garbage' }, async (_, url) => {
      const { status, body } = await byUndici(url);
      assert.equal(status, 200);
      assert.doesNotMatch(body, /Envelope/);
    }));

  it('no-http is no HTTP', () =>
    withWire({ kind: 'no-http' }, async (_, url) => {
      const { text } = await raw(url);
      assert.equal(text.length, 256);
      assert.doesNotMatch(text, /HTTP/);
      await assert.rejects(byUndici(url), /HTTP|Parse/i);
    }));

  it('a content type, a status and an HTML page are as asked', async () => {
    await withWire({ kind: 'content-type', value: 'application/json' }, async (_, url) => {
      const { type, body } = await byUndici(url);
      assert.equal(type, 'application/json; charset=utf-8');
      assert.match(body, /Envelope>$/);
    });
    await withWire({ kind: 'status', status: 404 }, async (_, url) =>
      assert.equal((await byUndici(url)).status, 404),
    );
    await withWire({ kind: 'html', status: 503 }, async (_, url) => {
      const { status, type, body } = await byUndici(url);
      assert.deepEqual(
        [status, type, body.slice(0, 15)],
        [503, 'text/html; charset=utf-8', '<!doctype html>'],
      );
    });
  });

  it('huge is as large as asked, and still well formed', () =>
    withWire({ kind: 'huge', bytes: 1_000_000 }, async (_, url) => {
      const { body } = await byUndici(url);
      assert.ok(body.length > 1_000_000);
      assert.match(body, /Envelope>\s+$/);
    }));

  it('huge stops when the client has enough', () =>
    withWire({ kind: 'huge', bytes: 1_000_000_000 }, async (_, url) => {
      const { body } = await undiciRequest(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: GREET,
      });
      const [first] = (await once(body, 'data')) as [Buffer];
      assert.ok(first.length > 0);
      body.on('error', () => undefined).destroy();
    }));

  it('empty is a status and headers', () =>
    withWire({ kind: 'empty' }, async (_, url) => {
      const { status, body } = await byUndici(url);
      assert.deepEqual([status, body], [200, '']);
    }));

  it('none is no answer, until the client or the mock ends', () =>
    withWire({ kind: 'none' }, async (mock, url) => {
      const answer = undiciRequest(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: GREET,
        headersTimeout: 150,
      });
      await assert.rejects(answer, { code: 'UND_ERR_HEADERS_TIMEOUT' });
      const waiting = raw(url);
      while (mock.calls.length < 2) await new Promise(setImmediate);
      await mock.close();
      assert.equal((await waiting).text, '');
    }));

  it('stale answers, and resets the connection it promised to keep when the next request comes', () =>
    withWire({ kind: 'stale' }, async (mock, url) => {
      const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
      assert.equal(await byNode(url, agent), 200);
      await assert.rejects(byNode(url, agent), { code: 'ECONNRESET' });
      assert.equal(mock.calls.length, 1);
      agent.destroy();
    }));
});

describe('a fault switch', () => {
  it('is on for one operation, so many times', () =>
    withWire({ kind: 'empty' }, async (mock, url) => {
      mock.switches.clear();
      mock.switches.put('a', { operation: 'Greeter.Greet', wire: { kind: 'status', status: 500 }, times: 1 });
      mock.switches.put('b', { operation: 'Tell', wire: { kind: 'empty' } });
      assert.deepEqual([(await byUndici(url)).status, (await byUndici(url)).status], [500, 200]);
      assert.deepEqual(Object.keys(mock.switches.list()), ['b']);
    }));

  it('delays', () =>
    withWire({ kind: 'empty' }, async (mock, url) => {
      mock.switches.clear();
      mock.switches.put('slow', { delayMilliseconds: 80 });
      const start = performance.now();
      await byUndici(url);
      assert.ok(performance.now() - start >= 79);
      assert.equal(mock.calls[0]?.delayMilliseconds, 80);
    }));
});
