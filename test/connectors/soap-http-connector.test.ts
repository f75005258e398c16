import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Connector, ConnectorError, SoapReply, SoapRequest } from '../../connectors/connector.ts';
import {
  createSoapHttpConnector,
  type SoapHttpOptions,
} from '../../connectors/soap-http/soap-http-connector.ts';

const ENVELOPE = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>';

describe('SOAP over HTTP connector', () => {
  let closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
  });

  async function listening(server: Server): Promise<string> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/soap`;
  }

  function connectorTo(endpoint: string, options: Partial<SoapHttpOptions> = {}): Connector {
    const connector = createSoapHttpConnector({ endpoint, ...options });
    closing.push(() => connector.close());
    return connector;
  }

  async function serving(handler: RequestListener, options?: Partial<SoapHttpOptions>): Promise<Connector> {
    return connectorTo(await listening(createServer(handler)), options);
  }

  const answering = (
    status: number,
    headers: Record<string, string>,
    body: string | Buffer = ENVELOPE,
  ): RequestListener => {
    return (request, response) => {
      request.resume().once('end', () => response.writeHead(status, headers).end(body));
    };
  };

  describe('the request', () => {
    it('carries a SOAP 1.1 message with its quoted action', async () => {
      const { request, body } = await received({ action: 'urn:bank#Get' });
      assert.equal(request.method, 'POST');
      assert.equal(request.headers['content-type'], 'text/xml; charset=utf-8');
      assert.equal(request.headers['soapaction'], '"urn:bank#Get"');
      assert.equal(request.headers.accept, 'text/xml');
      assert.equal(request.headers['content-length'], String(ENVELOPE.length));
      assert.equal(body, ENVELOPE);
    });

    it('carries an empty action as a pair of quotes', async () => {
      assert.equal((await received({ action: '' })).request.headers['soapaction'], '""');
    });

    it('carries a SOAP 1.2 message with the action in its content type', async () => {
      const { request } = await received({ soapVersion: '1.2', action: 'urn:bank#Get' });
      assert.equal(
        request.headers['content-type'],
        'application/soap+xml; charset=utf-8; action="urn:bank#Get"',
      );
      assert.equal(request.headers['soapaction'], undefined);
      assert.equal(request.headers.accept, 'application/soap+xml');
    });

    it('carries extra headers, which cannot replace its own', async () => {
      const { request } = await received({ headers: { traceparent: '00-1', 'content-type': 'text/plain' } });
      assert.equal(request.headers['traceparent'], '00-1');
      assert.equal(request.headers['content-type'], 'text/xml; charset=utf-8');
    });

    it('lets no action end its header', async () => {
      const { request } = await received({ action: 'a"\r\nX-Evil: 1\ud800' });
      assert.equal(request.headers['soapaction'], '"a%22%0D%0AX-Evil: 1%EF%BF%BD"');
      assert.equal(request.headers['x-evil'], undefined);
    });

    async function received(
      change: Partial<SoapRequest>,
    ): Promise<{ request: IncomingMessage; body: string }> {
      const seen = Promise.withResolvers<{ request: IncomingMessage; body: string }>();
      const connector = await serving((request, response) => {
        void readAll(request).then((body) => {
          seen.resolve({ request, body });
          response.writeHead(200, { 'content-type': 'text/xml' }).end(ENVELOPE);
        });
      });
      await textOf(await connector.send(requestOf(change)));
      return seen.promise;
    }
  });

  describe('an answer', () => {
    for (const status of [200, 202, 400, 500, 503]) {
      it(`is SOAP of any status, ${status} too`, async () => {
        const connector = await serving(
          answering(status, { 'content-type': 'application/soap+xml; charset=utf-8' }),
        );
        const reply = await connector.send(requestOf());
        assert.equal(reply.status, status);
        assert.equal(await textOf(reply), ENVELOPE);
      });
    }

    for (const [header, charset] of [
      ['text/xml; charset="ISO-8859-1"', 'iso-8859-1'],
      ['Text/XML;charset=UTF-16;action="x"', 'utf-16'],
      ['text/xml', undefined],
    ] as const) {
      it(`has the charset of ${header}`, async () => {
        const reply = await (await serving(answering(200, { 'content-type': header }))).send(requestOf());
        assert.equal(reply.charset, charset);
        await textOf(reply);
      });
    }

    it('is unpacked when gzip', async () => {
      const connector = await serving(
        answering(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }, gzipSync(ENVELOPE)),
      );
      assert.equal(await textOf(await connector.send(requestOf())), ENVELOPE);
    });

    it('comes chunk by chunk, not when it is complete', async () => {
      const more = Promise.withResolvers<undefined>();
      const connector = await serving((_, response) => {
        response.writeHead(200, { 'content-type': 'text/xml' }).write('<first>');
        void more.promise.then(() => response.end('</first>'));
      });
      const { body } = await connector.send(requestOf());
      const chunks = body[Symbol.asyncIterator]();
      assert.equal(Buffer.from((await chunks.next()).value as Uint8Array).toString(), '<first>');
      more.resolve(undefined);
      assert.equal(Buffer.from((await chunks.next()).value as Uint8Array).toString(), '</first>');
      assert.equal((await chunks.next()).done, true);
    });

    it('to a one-way message may be 202 with nothing', async () => {
      const reply = await (await serving(answering(202, {}, ''))).send(requestOf({ isOneWay: true }));
      assert.equal(reply.status, 202);
      assert.equal(await textOf(reply), '');
    });

    it('to a one-way message may be 200 with anything', async () => {
      const reply = await (
        await serving(answering(200, { 'content-type': 'text/html' }, '<p>ok'))
      ).send(requestOf({ isOneWay: true }));
      assert.equal(await textOf(reply), '');
    });

    it('to a one-way message may be a fault', async () => {
      const reply = await (
        await serving(answering(500, { 'content-type': 'text/xml' }))
      ).send(requestOf({ isOneWay: true }));
      assert.equal(reply.status, 500);
      assert.equal(await textOf(reply), ENVELOPE);
    });

    it('leaves its connection for the next request', async () => {
      const ports = new Set<number | undefined>();
      const connector = await serving(
        (request, response) => {
          ports.add(request.socket.remotePort);
          answering(200, { 'content-type': 'text/xml' })(request, response);
        },
        { connections: 1 },
      );
      for (let index = 0; index < 5; index++) await textOf(await connector.send(requestOf()));
      assert.equal(ports.size, 1);
    });
  });

  describe('what is not SOAP', () => {
    it('is reported with status, type and what a person would read of it', async () => {
      const page = `<html><head><title>x</title><style>p{}</style></head><body><script>var s=1</script>
        <h1>Service&nbsp;Unavailable</h1><p>Try &lt;later&gt;</p></body></html>`;
      const error = await failureOf(
        await serving(answering(503, { 'content-type': 'text/html; charset=utf-8' }, page)),
      );
      assert.equal(error.code, 'NOT_SOAP');
      assert.equal(error.mayHaveBeenSent, true);
      assert.match(
        error.message,
        /^http:\/\/127\.0\.0\.1:\d+\/soap: HTTP 503 text\/html .*: Service Unavailable Try <later>$/,
      );
    });

    it('is cut after 200 characters', async () => {
      const error = await failureOf(
        await serving(answering(200, { 'content-type': 'text/plain' }, 'word '.repeat(100_000))),
      );
      assert.ok(error.message.length < 300);
    });

    it('shows no token, card or account number', async () => {
      const json = JSON.stringify({
        jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-123',
        card: '4111 1111 1111 1111',
        iban: 'DE89 3704 0044 0532 0130 00',
        other: 'FI2112345600000785',
        password: 'hunter2',
        key: 'AKIA0123456789ABCDEFGHIJ',
        order: '1234567890123',
      });
      const { message } = await failureOf(
        await serving(answering(200, { 'content-type': 'text/plain' }, json)),
      );
      for (const secret of ['eyJ', '1111', '3704', '0785', 'hunter2', 'AKIA'])
        assert.ok(!message.includes(secret), `${secret} in ${message}`);
      assert.match(message, /\[masked\]/);
    });

    it('is quoted only if it is a page for people', async () => {
      const { message } = await failureOf(
        await serving(answering(200, { 'content-type': 'application/json' }, '{"name":"Anna"}')),
      );
      assert.match(message, /: HTTP 200 application\/json instead of SOAP$/);
    });

    it('may be an empty body', async () => {
      const error = await failureOf(await serving(answering(200, { 'content-type': 'text/xml' }, '')));
      assert.equal(error.code, 'NOT_SOAP');
      assert.match(error.message, /HTTP 200 text\/xml with an empty body/);
    });

    it('may be a redirect, which is not followed', async () => {
      const error = await failureOf(
        await serving(answering(302, { location: 'http://127.0.0.1:1/login?session=secret1' }, '')),
      );
      assert.equal(error.code, 'NOT_SOAP');
      assert.match(error.message, /redirect/);
      assert.doesNotMatch(error.message, /secret1/);
    });

    it('may be a multipart message of another kind', async () => {
      const error = await failureOf(
        await serving(answering(200, { 'content-type': 'multipart/mixed; boundary=x' })),
      );
      assert.match(error.message, /multipart/);
      assert.equal(error.code, 'NOT_SOAP');
    });

    it('may be compressed in a way nobody asked for', async () => {
      const error = await failureOf(
        await serving(answering(200, { 'content-type': 'text/xml', 'content-encoding': 'br' })),
      );
      assert.match(error.message, /"br"/);
    });
  });

  describe('what goes wrong', () => {
    it('is CONNECT_FAILED, and nothing sent, when the connection is refused', async () => {
      const server = createSocketServer();
      const endpoint = await listening(server);
      await new Promise((resolve) => server.close(resolve));
      const connector = connectorTo(endpoint);
      const error = await failureOf(connector);
      assert.equal(error.code, 'CONNECT_FAILED');
      assert.equal(error.mayHaveBeenSent, false);
      assert.match(error.message, /ECONNREFUSED/);
      assert.equal(await connector.isReachable(), false);
    });

    it('is CONNECT_FAILED, and nothing sent, when TLS fails', async () => {
      const server = createSocketServer((socket) => {
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      });
      const error = await failureOf(connectorTo((await listening(server)).replace('http:', 'https:')));
      assert.equal(error.code, 'CONNECT_FAILED');
      assert.equal(error.mayHaveBeenSent, false);
    });

    it('is TIMEOUT when no answer comes', async () => {
      const error = await failureOf(await serving(() => undefined), { deadline: Date.now() + 100 });
      assert.equal(error.code, 'TIMEOUT');
      assert.equal(error.mayHaveBeenSent, true);
    });

    it('is TIMEOUT, and nothing sent, when the deadline has passed already', async () => {
      let requests = 0;
      const connector = await serving(() => requests++);
      const error = await failureOf(connector, { deadline: Date.now() - 1 });
      assert.equal(error.code, 'TIMEOUT');
      assert.equal(error.mayHaveBeenSent, false);
      assert.equal(requests, 0);
    });

    it('is TIMEOUT, and nothing sent, when no connection came free', async () => {
      const connector = await serving(() => undefined, { connections: 1 });
      const first = failureOf(connector, { deadline: Date.now() + 300 });
      const second = await failureOf(connector, { deadline: Date.now() + 100 });
      assert.equal(second.code, 'TIMEOUT');
      assert.equal(second.mayHaveBeenSent, false);
      assert.equal((await first).mayHaveBeenSent, true);
    });

    it('is TIMEOUT, and nothing sent, when a TLS handshake hangs', async () => {
      const endpoint = (await listening(createSocketServer())).replace('http:', 'https:');
      const error = await failureOf(connectorTo(endpoint), { deadline: Date.now() + 100 });
      assert.equal(error.code, 'TIMEOUT');
      assert.equal(error.mayHaveBeenSent, false);
    });

    it('is TIMEOUT while an answer drips on beyond the deadline', async () => {
      const connector = await serving((_, response) => {
        response.writeHead(200, { 'content-type': 'text/xml' });
        const drip = setInterval(() => response.write('<a/>'), 10);
        response.once('close', () => {
          clearInterval(drip);
        });
      });
      const reply = await connector.send(requestOf({ deadline: Date.now() + 150 }));
      assert.equal((await readFailureOf(reply)).code, 'TIMEOUT');
    });

    it('is ABORTED when the caller gives up, and the service sees the connection close', async () => {
      const controller = new AbortController();
      const closed = Promise.withResolvers<undefined>();
      const connector = await serving((_, response) => {
        response.once('close', () => {
          closed.resolve(undefined);
        });
        controller.abort();
      });
      assert.equal((await failureOf(connector, { signal: controller.signal })).code, 'ABORTED');
      await closed.promise;
    });

    it('is ABORTED, and nothing sent, when the caller gave up before', async () => {
      const error = await failureOf(await serving(() => undefined), { signal: AbortSignal.abort() });
      assert.equal(error.code, 'ABORTED');
      assert.equal(error.mayHaveBeenSent, false);
    });

    it('is CUT_OFF when the answer is shorter than it says', async () => {
      const connector = await serving((_, response) => {
        response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
        response.write(ENVELOPE, () => response.destroy());
      });
      assert.equal((await readFailureOf(await connector.send(requestOf()))).code, 'CUT_OFF');
    });

    it('is CUT_OFF when the last chunk is missing', async () => {
      const connector = await serving((_, response) => {
        response.writeHead(200, { 'content-type': 'text/xml' });
        response.write(ENVELOPE, () => response.destroy());
      });
      assert.equal((await readFailureOf(await connector.send(requestOf()))).code, 'CUT_OFF');
    });

    it('is CUT_OFF when the end of gzip is missing', async () => {
      const cut = gzipSync(ENVELOPE).subarray(0, -9);
      const connector = await serving(
        answering(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }, cut),
      );
      assert.equal((await sendOrReadFailure(connector)).code, 'CUT_OFF');
    });

    it('is TOO_LARGE when a small gzip unpacks to more than is allowed', async () => {
      const bomb = gzipSync(Buffer.alloc(10_000_000, ' '));
      const connector = await serving(
        answering(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }, bomb),
        {
          maxReplyBytes: 1_000_000,
        },
      );
      assert.equal((await readFailureOf(await connector.send(requestOf()))).code, 'TOO_LARGE');
    });

    it('is an error, never a second request, when a kept-alive connection turns out closed', async () => {
      const requests: string[] = [];
      const server = createSocketServer((socket) => {
        let isFirst = true;
        socket.on('error', () => undefined);
        socket.on('data', (bytes) => {
          requests.push(bytes.toString());
          if (isFirst)
            socket.write(
              `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${ENVELOPE.length}\r\n\r\n${ENVELOPE}`,
            );
          else socket.destroy();
          isFirst = false;
        });
      });
      const connector = connectorTo(await listening(server), { connections: 1 });
      await textOf(await connector.send(requestOf()));
      const error = await failureOf(connector);
      assert.equal(error.code, 'CUT_OFF');
      assert.equal(error.mayHaveBeenSent, true);
      assert.equal(requests.filter((text) => text.startsWith('POST')).length, 2);
    });
  });

  it('is reachable while something listens', async () => {
    const connector = await serving(() => undefined);
    assert.equal(await connector.isReachable(), true);
  });

  it('takes http and https only, and no credentials in the URL', () => {
    for (const endpoint of ['ftp://host/x', 'jms:queue', 'not a url', 'http://user:secret@host/']) {
      assert.throws(
        () => createSoapHttpConnector({ endpoint }),
        (error: Error) => error instanceof TypeError && !error.message.includes('secret'),
      );
    }
  });
});

function requestOf(change: Partial<SoapRequest> = {}): SoapRequest {
  const envelope = Buffer.from(ENVELOPE);
  return {
    soapVersion: '1.1',
    action: 'urn:x',
    envelope,
    isOneWay: false,
    deadline: Date.now() + 10_000,
    ...change,
  };
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function textOf({ body }: SoapReply): Promise<string> {
  return readAll(body);
}

async function thrownBy(action: () => Promise<unknown>): Promise<ConnectorError> {
  try {
    await action();
  } catch (error) {
    assert.equal((error as Error).name, 'ConnectorError', String((error as Error).stack));
    return error as ConnectorError;
  }
  throw new assert.AssertionError({ message: 'a ConnectorError was expected' });
}

function failureOf(connector: Connector, change?: Partial<SoapRequest>): Promise<ConnectorError> {
  return thrownBy(() => connector.send(requestOf(change)));
}

function readFailureOf(reply: SoapReply): Promise<ConnectorError> {
  return thrownBy(() => textOf(reply));
}

/** Whether the failure comes with the first chunk or later is the network's business. */
function sendOrReadFailure(connector: Connector): Promise<ConnectorError> {
  return thrownBy(async () => textOf(await connector.send(requestOf())));
}
