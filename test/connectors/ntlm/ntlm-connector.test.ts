import assert from 'node:assert/strict';
import type { Connector, SoapRequest } from '../../../connectors/connector.ts';
import { createSoapHttpConnector } from '../../../connectors/soap-http/soap-http-connector.ts';
import { startNtlmServer, type NtlmServer, type NtlmServerOptions } from './ntlm-server.ts';

const credentials = { username: 'User', password: 'Password', domain: 'Domain', workstation: '' };

describe('a connector with NTLM', () => {
  let server: NtlmServer | undefined;
  let connector: Connector | undefined;
  afterEach(async () => {
    await connector?.close();
    await server?.close();
    connector = server = undefined;
  });

  async function start(
    options: NtlmServerOptions = {},
    given = credentials,
    connections = 4,
  ): Promise<NtlmServer> {
    server = await startNtlmServer(options);
    connector = createSoapHttpConnector({ endpoint: server.url, ntlm: given, connections });
    return server;
  }

  async function send(text: string): Promise<number> {
    const request: SoapRequest = {
      soapVersion: '1.1',
      action: 'urn:a',
      envelope: Buffer.from(text),
      isOneWay: false,
      deadline: Date.now() + 10_000,
    };
    const { status, body } = await connector!.send(request);
    for await (const chunk of body) assert.ok(chunk.length > 0);
    return status;
  }

  it('authenticates a connection once, and sends no message before', async () => {
    const { log, bodies, connections } = await start();
    for (const text of ['a', 'b', 'c']) assert.equal(await send(text), 200);
    assert.deepEqual(log, ['challenged', 'answered with body', 'answered with body', 'answered with body']);
    assert.deepEqual(bodies, ['a', 'b', 'c']);
    assert.equal(connections(), 1);
  });

  it('proves with a MIC that nobody changed the handshake where the challenge tells its time', async () => {
    const { log } = await start({ tellsTime: true });
    assert.equal(await send('a'), 200);
    assert.deepEqual(log, ['challenged', 'answered with body']);
  });

  it('begins anew on a new connection', async () => {
    const core = await start();
    await send('a');
    core.dropConnections();
    assert.equal(await send('b').catch(() => send('b')), 200);
    assert.equal(await send('c'), 200);
    assert.deepEqual(core.bodies, ['a', 'b', 'c']);
    assert.equal(core.log.filter((entry) => entry === 'challenged').length, 2);
    assert.equal(core.log.at(-1), 'answered with body');
  });

  it('notices a service that asks again each time, and loses no message and repeats none', async () => {
    const { log, bodies } = await start({ forgets: true });
    for (const text of ['a', 'b', 'c']) assert.equal(await send(text), 200);
    assert.deepEqual(bodies, ['a', 'b', 'c']);
    assert.deepEqual(log.slice(2), [
      'refused with body',
      'challenged',
      'answered with body',
      'challenged',
      'answered with body',
    ]);
  });

  it('keeps requests at the same time on connections of their own, at most as many as allowed', async () => {
    const { bodies, connections } = await start({}, credentials, 3);
    const texts = Array.from({ length: 12 }, (_, index) => String(index));
    assert.deepEqual(
      await Promise.all(texts.map(send)),
      texts.map(() => 200),
    );
    assert.deepEqual(bodies.toSorted(), texts.toSorted());
    assert.equal(connections(), 3);
  });

  it('says that the service refuses it, without its password', async () => {
    const password = 'hunter2';
    await start({}, { ...credentials, password });
    await assert.rejects(send('a'), (error: Error & { status?: number }) => {
      return error.status === 401 && !JSON.stringify([error.message, error.stack]).includes(password);
    });
  });

  it('asks for health without credentials', async () => {
    const { log } = await start();
    assert.equal(await connector!.getStatus!('/health', 5000), 401);
    assert.deepEqual(log, ['refused']);
  });

  it('sends nothing where there is no challenge, or one that it cannot answer', async () => {
    for (const challenge of ['', 'AAAA']) {
      const core = await start({ challenge });
      await assert.rejects(send('a'), {
        code: 'CONNECT_FAILED',
        mayHaveBeenSent: false,
        message: /NTLM challenge/,
      });
      assert.deepEqual(core.bodies, []);
      await connector!.close();
      await core.close();
      connector = server = undefined;
    }
  });
});
