import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect, type ConnectionOptions } from 'node:tls';
import { makeCertificates } from '../../connectors/certificates.ts';
import { startBank, type Bank } from '../bank.ts';
import { send } from './dpop-client.ts';

const TLS = 'certificate: server.pem, key: { file: server.key }';

describe('TLS at the port', () => {
  const certificates = makeCertificates();
  const next = makeCertificates();
  const open: Bank[] = [];
  afterEach(async () => {
    for (const bank of open.splice(0)) await bank.close();
  });

  const start = async (keys = '', files: Readonly<Record<string, string>> = {}): Promise<Bank> => {
    const bank = await startBank({
      yaml: `server: { tls: { ${TLS}, ${keys} } }`,
      prepare: (folder) => {
        writeFileSync(join(folder, 'server.pem'), certificates.server.cert);
        writeFileSync(join(folder, 'server.key'), certificates.server.key);
        writeFileSync(join(folder, 'ca.pem'), certificates.ca);
        for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      },
    });
    open.push(bank);
    return bank;
  };
  const statusOf = async (bank: Bank, options: object = {}): Promise<number> => {
    const headers = { Authorization: `Bearer ${await bank.token()}` };
    const tls = { ca: certificates.ca, ...options };
    return (await send(`${bank.url}/v1/accounts/4711`, headers, 'GET', tls)).status;
  };
  /** The version and the name in the certificate that a handshake ends with. */
  const handshake = async (bank: Bank, options: ConnectionOptions): Promise<[string | null, string]> => {
    const { port } = new URL(bank.url);
    const socket = tlsConnect({ host: '127.0.0.1', port: Number(port), servername: 'localhost', ...options });
    await once(socket, 'secureConnect');
    const result = [socket.getProtocol(), socket.getPeerX509Certificate()?.fingerprint256 ?? ''] as const;
    socket.destroy();
    return [...result];
  };

  it('serves operations and pages by HTTPS, and nothing to who speaks plain HTTP', async () => {
    const bank = await start();
    assert.equal(await statusOf(bank), 200);
    const health = await send(`${bank.url}/healthz`, {}, 'GET', { ca: certificates.ca });
    assert.equal(health.status, 200);
    const socket = connect(Number(new URL(bank.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'close');
    assert.doesNotMatch(answer, /HTTP/);
    assert.equal(await statusOf(bank), 200, 'and goes on');
  });

  it('takes no version older than the configured one', async () => {
    const { ca } = certificates;
    const bank = await start('minVersion: TLSv1.3');
    assert.equal((await handshake(bank, { ca }))[0], 'TLSv1.3');
    await assert.rejects(handshake(bank, { ca, maxVersion: 'TLSv1.2' }));
    const older = await start();
    assert.equal((await handshake(older, { ca, maxVersion: 'TLSv1.2' }))[0], 'TLSv1.2');
    await assert.rejects(
      handshake(older, { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    );
  });

  it('lets nobody in without a certificate of its authority where one is required', async () => {
    const bank = await start('clientCertificates: require, clientCa: ca.pem');
    await assert.rejects(statusOf(bank));
    await assert.rejects(statusOf(bank, next.client));
    assert.equal(await statusOf(bank, certificates.client), 200);
  });

  it('knows the certificate again when a session is resumed', async () => {
    const bank = await start('clientCertificates: require, clientCa: ca.pem, minVersion: TLSv1.2');
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const base = { host: '127.0.0.1', port: Number(new URL(bank.url).port), servername: 'localhost' };
      const first = tlsConnect({ ...base, ca: certificates.ca, ...certificates.client, maxVersion });
      first.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      const [session] = (await once(first, 'session')) as [Buffer];
      first.destroy();
      const again = tlsConnect({ ...base, ca: certificates.ca, maxVersion, session });
      again.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      const [chunk] = (await once(again, 'data')) as [Buffer];
      assert.ok(again.isSessionReused());
      assert.match(chunk.toString(), /200 OK/);
      again.destroy();
    }
  });

  it('takes new certificates while it runs, and keeps those it has if the new ones are of no use', async () => {
    const bank = await start();
    const before = await handshake(bank, { ca: certificates.ca });
    writeFileSync(join(bank.folder, 'server.pem'), next.server.cert);
    await assert.rejects(bank.facade.reloadTls(), /server\.tls: certificates and key cannot be used/);
    assert.deepEqual(await handshake(bank, { ca: certificates.ca }), before);
    writeFileSync(join(bank.folder, 'server.key'), next.server.key);
    await bank.facade.reloadTls();
    await assert.rejects(handshake(bank, { ca: certificates.ca }));
    assert.notDeepEqual(await handshake(bank, { ca: next.ca }), before);
  });

  for (const [file, key] of [
    ['server.pem', 'certificate'],
    ['server.key', 'key'],
  ] as const)
    for (const text of ['', '# nothing yet\n'])
      it(`keeps what it has when it finds ${JSON.stringify(text)} in ${file}, and does not start with it`, async () => {
        const bank = await start();
        const before = await handshake(bank, { ca: certificates.ca });
        const message = new RegExp(`server\\.tls\\.${key}: holds no `);
        writeFileSync(join(bank.folder, file), text);
        await assert.rejects(bank.facade.reloadTls(), message);
        assert.deepEqual(await handshake(bank, { ca: certificates.ca }), before);
        await assert.rejects(start('', { [file]: text }), message);
      });

  it('resumes no session with a client whose authority is no longer trusted', async () => {
    const bank = await start('clientCertificates: require, clientCa: ca.pem');
    const base = { host: '127.0.0.1', port: Number(new URL(bank.url).port), servername: 'localhost' };
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      writeFileSync(join(bank.folder, 'ca.pem'), certificates.ca);
      await bank.facade.reloadTls();
      const first = tlsConnect({ ...base, ca: certificates.ca, ...certificates.client, maxVersion });
      first.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      const [session] = (await once(first, 'session')) as [Buffer];
      first.destroy();
      writeFileSync(join(bank.folder, 'ca.pem'), next.ca);
      await bank.facade.reloadTls();
      const again = tlsConnect({ ...base, ca: certificates.ca, maxVersion, session });
      let answer = '';
      again.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
      again.on('error', () => undefined);
      const { promise, resolve } = Promise.withResolvers<unknown>();
      again.once('close', resolve);
      again.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
      await promise;
      assert.equal(answer, '', maxVersion);
    }
  });

  it('does not start with files that are missing or do not fit, and quotes nothing of a key', async () => {
    const key = certificates.server.key;
    for (const [keys, message] of [
      ['clientCa: nowhere.pem', /tls\.clientCa: nowhere\.pem cannot be read/],
      ['clientCa: server.key', /server\.tls: certificates and key cannot be used/],
    ] as const)
      await assert.rejects(
        start(keys),
        (error: Error) => message.test(error.message) && !error.message.includes(key.slice(30, 60)),
        keys,
      );
  });
});
