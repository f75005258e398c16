import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { envelope } from '../bank-wsdl.ts';
import { problemOf, type Bank } from '../bank.ts';
import { END, rows, START, startRowsCore, type RowsCore } from '../rows.ts';

/** More than the limit of an answer: nobody takes all of it. */
const ENDLESS_BYTES = 60 * 1024 * 1024;
/** What the system keeps for two connections, and Portico between them. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

const AS_IT_IS = { headers: { 'Accept-Encoding': 'identity' } };

describe('large answers', () => {
  let bank: Bank;
  let core: RowsCore;

  before(async () => {
    core = await startRowsCore();
    bank = await core.start();
  });
  after(async () => {
    await bank.close();
    core.close();
  });

  it('leave before their last byte has come', async () => {
    const begun = Promise.withResolvers<undefined>();
    core.answer = (response) => {
      response.write(START + rows(0, 2000));
      void begun.promise.then(() => response.end(rows(2000, 1000) + END));
    };
    const response = await bank.call('/v1/rows');
    assert.equal(response.headers.get('content-length'), null);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    begun.resolve(undefined);
    const { row } = (await response.json()) as { row: { id: number }[] };
    assert.deepEqual([row.length, row[0]?.id, row.at(-1)?.id], [3000, 0, 2999]);
  });

  it('are whole, with their length, where they are small', async () => {
    core.answer = (response) => response.end(START + rows(0, 100) + END);
    const response = await bank.call('/v1/rows', AS_IT_IS);
    const body = await response.text();
    assert.equal(response.headers.get('content-length'), String(body.length));
  });

  it('are whole, too, where they are kept', async () => {
    core.answer = (response) => response.end(START + rows(0, 3000) + END);
    const response = await bank.call('/v1/kept', AS_IT_IS);
    const body = await response.text();
    assert.equal(response.headers.get('content-length'), String(body.length));
    assert.ok(response.headers.get('etag'));
    core.answer = (closed) => closed.destroy();
    assert.equal(await (await bank.call('/v1/kept', AS_IT_IS)).text(), body);
    assert.equal(await (await bank.call('/v1/kept', AS_IT_IS)).text(), body);
  });

  for (const coding of ['identity', 'gzip', 'br'])
    it(`are the same for all callers where they are of medium size (${coding})`, async () => {
      core.answer = (response) => response.end(START + rows(0, 300) + END);
      const calls = Array.from({ length: 20 }, async () => {
        const response = await bank.call('/v1/rows', { headers: { 'Accept-Encoding': coding } });
        return ((await response.json()) as { row: { id: number; text: string }[] }).row;
      });
      const expected = Array.from({ length: 300 }, (_, id) => ({ id, text: 'x'.repeat(100) }));
      for (const row of await Promise.all(calls)) assert.deepEqual(row, expected);
    });

  it('are broken off for everybody to see where the rest breaks the contract', async () => {
    core.answer = (response) => response.end(`${START}${rows(0, 3000)}<Row><Id>hunter2</Id></Row>${END}`);
    bank.log.length = 0;
    const raw = await rawAnswer('/v1/rows');
    assert.match(raw, /^HTTP\/1\.1 200 /);
    assert.match(raw, /transfer-encoding: chunked/i);
    assert.doesNotMatch(raw, /\r\n0\r\n\r\n$/, 'there is no last chunk');
    const [error, line] = bank.log.map((one) => JSON.parse(one) as Record<string, unknown>);
    assert.deepEqual(error?.err, {
      type: 'DecodeError',
      code: 'invalid-value',
      path: '/Envelope/Body/ListRowsResponse/Row/Id',
    });
    assert.deepEqual([line?.status, line?.code], [502, 'invalid-upstream-response']);
    assert.doesNotMatch(bank.log.join(''), /hunter2/);
  });

  it('are broken off where the service is, and fetch says so', async () => {
    core.answer = (response) => response.write(START + rows(0, 3000), () => response.destroy());
    const response = await bank.call('/v1/rows');
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
  });

  it('are a problem as ever where they go wrong before anything has left, or are a fault', async () => {
    core.answer = (response) => response.end(`${START}<Nonsense/>${rows(0, 3000)}${END}`);
    assert.equal((await problemOf(await bank.call('/v1/rows'))).code, 'invalid-upstream-response');
    const fault = `<s:Fault><faultcode>s:Server</faultcode><faultstring>${'x'.repeat(200_000)}</faultstring></s:Fault>`;
    core.answer = (response) => response.writeHead(500).end(envelope(fault));
    assert.equal((await problemOf(await bank.call('/v1/rows'))).code, 'soap-server-fault');
    core.answer = (response) => response.writeHead(500).end(START + rows(0, 3000) + END);
    assert.equal((await problemOf(await bank.call('/v1/rows'))).code, 'invalid-upstream-response');
  });

  it('end the call to the service when their client goes', async () => {
    const gone = Promise.withResolvers<undefined>();
    core.answer = (response) => {
      response.write(START + rows(0, 3000));
      response.once('close', () => {
        gone.resolve(undefined);
      });
    };
    const response = await bank.call('/v1/rows');
    await response.body?.cancel();
    await gone.promise;
  });

  it('make the service wait for a client that does not read, and send it away in the end', async () => {
    const impatient = await core.start('server: { port: 0, requestTimeoutSeconds: 2 }\n');
    const closed = Promise.withResolvers<undefined>();
    let written = 0;
    core.answer = (response) => {
      const chunk = rows(0, 1000);
      const more = (): void => {
        do written += chunk.length;
        while (response.write(chunk) && written < ENDLESS_BYTES);
      };
      response
        .on('drain', more)
        .on('close', () => {
          closed.resolve(undefined);
        })
        .write(START, more);
    };
    const client = connect(Number(new URL(impatient.url).port), '127.0.0.1').pause();
    client.on('error', () => undefined);
    const authorization = `Authorization: Bearer ${await impatient.token()}`;
    client.write(`GET /v1/rows HTTP/1.1\r\nHost: test\r\n${authorization}\r\n\r\n`);
    await closed.promise;
    client.destroy();
    await impatient.close();
    assert.ok(written < MOST_WAITING_BYTES, `${written} bytes were taken from the service`);
    const line = JSON.parse(impatient.log.at(-1)!) as Record<string, unknown>;
    assert.deepEqual([line.status, line.code], [499, undefined]);
  });

  it('come as they are to clients that read slowly, at the same time', async () => {
    core.answer = (response) => response.end(START + rows(0, 20_000) + END);
    const expected = Array.from({ length: 20_000 }, (_, id) => ({ id, text: 'x'.repeat(100) }));
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const { body } = await bank.call('/v1/rows', AS_IT_IS);
        const chunks: Uint8Array[] = [];
        for await (const chunk of body as AsyncIterable<Uint8Array>) {
          chunks.push(chunk);
          await setImmediate();
        }
        assert.deepEqual(JSON.parse(Buffer.concat(chunks).toString()), { row: expected });
      }),
    );
  });

  it('have no body for HEAD', async () => {
    core.answer = (response) => response.end(START + rows(0, 3000) + END);
    const response = await bank.call('/v1/rows', { method: 'HEAD' });
    assert.deepEqual([response.status, await response.text()], [200, '']);
  });

  async function rawAnswer(path: string): Promise<string> {
    const socket = connect(Number(new URL(bank.url).port), '127.0.0.1');
    const authorization = `Authorization: Bearer ${await bank.token()}`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: test\r\n${authorization}\r\n\r\n`);
    return text(socket);
  }
});
