import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest, type Server } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { makeCertificates, type Certificates } from '../../connectors/certificates.ts';
import { accountAnswer } from '../bank-wsdl.ts';
import { startBank, type Bank } from '../bank.ts';

describe('connections to a service', () => {
  let certificates: Certificates;
  const closing: (() => unknown)[] = [];
  before(() => {
    certificates = makeCertificates();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function portOf(server: Server | ReturnType<typeof createServer>): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  /** A core behind TLS, and the names in the certificates of its clients. */
  async function tlsCore(options: ServerOptions = {}): Promise<{ port: number; clients: string[] }> {
    const { ca, server } = certificates;
    const clients: string[] = [];
    const core = createServer({ ...server, ca, ...options }, (request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'Content-Type': 'text/xml' }).end(accountAnswer);
      });
    });
    core.on('secureConnection', (socket) => {
      clients.push(String(socket.getPeerX509Certificate()?.subject));
    });
    return { port: await portOf(core), clients };
  }

  async function bankTo(
    endpoint: string,
    connection: string,
    env: Record<string, string> = {},
  ): Promise<Bank> {
    const bank = await startBank({
      endpoint,
      env,
      policies: ['retry: { most: 0 }', `connection: ${connection}`],
      prepare: (folder) => {
        writeFileSync(join(folder, 'ca.pem'), certificates.ca);
        writeFileSync(join(folder, 'client.pem'), certificates.client.cert);
        writeFileSync(join(folder, 'client.key'), certificates.client.key);
      },
    });
    closing.push(() => bank.close());
    return bank;
  }

  const statusOf = async (bank: Bank): Promise<number> => (await bank.call('/v1/accounts/4711')).status;

  it('trust a private authority, and nobody else', async () => {
    const { port } = await tlsCore();
    const endpoint = `https://localhost:${port}/`;
    assert.equal(await statusOf(await bankTo(endpoint, '{ tls: { ca: ca.pem } }')), 200);
    const stranger = await bankTo(endpoint, '{ tls: {} }');
    assert.equal(await statusOf(stranger), 503);
    assert.match(stranger.log.join(), /certificate/);
  });

  it('hold the name in the certificate against the address, or against the name configured', async () => {
    const { port } = await tlsCore();
    const endpoint = `https://127.0.0.1:${port}/`;
    assert.equal(await statusOf(await bankTo(endpoint, '{ tls: { ca: ca.pem } }')), 503);
    const named = await bankTo(endpoint, '{ tls: { ca: ca.pem, serverName: core.internal } }');
    assert.equal(await statusOf(named), 200);
  });

  it('show a client certificate, its key from a file or the environment', async () => {
    const { port, clients } = await tlsCore({ requestCert: true, rejectUnauthorized: true });
    const endpoint = `https://localhost:${port}/`;
    assert.notEqual(await statusOf(await bankTo(endpoint, '{ tls: { ca: ca.pem } }')), 200);
    const fromFile = '{ tls: { ca: ca.pem, certificate: client.pem, key: { file: client.key } } }';
    assert.equal(await statusOf(await bankTo(endpoint, fromFile)), 200);
    const fromEnv = '{ tls: { ca: ca.pem, certificate: client.pem, key: "${KEY}" } }';
    assert.equal(await statusOf(await bankTo(endpoint, fromEnv, { KEY: certificates.client.key })), 200);
    assert.deepEqual(clients, ['CN=client', 'CN=client']);
  });

  it('do not go below the least version of TLS', async () => {
    const { port } = await tlsCore({ maxVersion: 'TLSv1.2' });
    const endpoint = `https://localhost:${port}/`;
    assert.equal(await statusOf(await bankTo(endpoint, '{ tls: { ca: ca.pem } }')), 200);
    assert.equal(await statusOf(await bankTo(endpoint, '{ tls: { ca: ca.pem, minVersion: TLSv1.3 } }')), 503);
  });

  it('refuse to start with a key that is none, and do not quote it', async () => {
    const tls = '{ tls: { certificate: client.pem, key: "${KEY}" } }';
    await assert.rejects(bankTo('https://localhost:1/', tls, { KEY: 'hunter2' }), (error: Error) => {
      assert.match(error.message, /connection\.tls.*of no use/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
    const missing = '{ tls: { certificate: client.pem, key: { file: nowhere.key } } }';
    await assert.rejects(
      bankTo('https://localhost:1/', missing),
      /connection\.tls\.key: nowhere\.key cannot be read/,
    );
  });

  it('go through a proxy, as whom its URL says: forwarded for http, tunnelled for https', async () => {
    const seen: string[] = [];
    const proxy = createHttpServer((request, response) => {
      seen.push(`${request.method ?? ''} ${String(request.headers['proxy-authorization'])}`);
      const { method, headers, url = '' } = request;
      request.pipe(
        httpRequest(url, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 0, answer.headers);
          answer.pipe(response);
        }),
      );
    });
    proxy.on('connect', (request, socket: Socket) => {
      seen.push(`CONNECT ${String(request.headers['proxy-authorization'])}`);
      const [, port] = (request.url ?? '').split(':');
      const target = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
      closing.push(() => void socket.destroy());
    });
    const env = { PROXY: `http://scott:tiger@127.0.0.1:${await portOf(proxy)}` };
    const authorization = `Basic ${Buffer.from('scott:tiger').toString('base64')}`;
    const core = createHttpServer((request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end(accountAnswer));
    });
    const plain = await bankTo(`http://127.0.0.1:${await portOf(core)}/`, '{ proxy: "${PROXY}" }', env);
    assert.equal(await statusOf(plain), 200);
    const { port } = await tlsCore();
    const secure = '{ proxy: "${PROXY}", tls: { ca: ca.pem } }';
    assert.equal(await statusOf(await bankTo(`https://localhost:${port}/`, secure, env)), 200);
    assert.deepEqual(seen, [`POST ${authorization}`, `CONNECT ${authorization}`]);
    const ready = await (await plain.call('/readyz')).text();
    assert.doesNotMatch(ready + plain.log.join(), /tiger|scott/);
  });
});
