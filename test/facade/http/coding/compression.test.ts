import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, createBrotliDecompress, createGunzip, gunzipSync } from 'node:zlib';
import { problemOf, type Bank } from '../../bank.ts';
import { END, rows, START, startRowsCore, type RowsCore } from '../../rows.ts';

const decoders = { br: brotliDecompressSync, gzip: gunzipSync };
const idOf = (index: number): string => `"id":${index}`;

describe('compression', () => {
  let bank: Bank;
  let off: Bank;
  let core: RowsCore;
  before(async () => {
    core = await startRowsCore();
    bank = await core.start();
    off = await core.start('server: { compression: { codings: [] } }');
  });
  after(async () => {
    await bank.close();
    await off.close();
    core.close();
  });

  /** As it comes: fetch would decode it, and ask for codings by itself. */
  async function open(
    path: string,
    acceptEncoding?: string,
    { method = 'GET', ...headers }: Record<string, string> = {},
    from = bank,
  ): Promise<IncomingMessage> {
    const sent = request(from.url + path, {
      method,
      agent: false,
      headers: {
        Authorization: `Bearer ${await from.token()}`,
        ...(acceptEncoding !== undefined && { 'Accept-Encoding': acceptEncoding }),
        ...headers,
      },
    }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }
  /** Of an answer that nobody reads. */
  const headOf = async (...request: Parameters<typeof open>): Promise<IncomingMessage['headers']> =>
    (await open(...request)).resume().headers;
  const answerWith = (count: number): void => {
    core.answer = (response) => response.end(START + rows(0, count) + END);
  };

  for (const coding of ['br', 'gzip'] as const)
    for (const [what, count] of [
      ['a small answer', 50],
      ['one that another thread compresses', 400],
      ['one that streams', 3000],
    ] as const)
      it(`gives ${what} as ${coding}`, async () => {
        answerWith(count);
        const plain = await buffer(await open('/v1/rows'));
        const response = await open('/v1/rows', coding);
        const body = await buffer(response);
        assert.equal(response.headers['content-encoding'], coding);
        assert.equal(response.headers.vary, 'Accept-Encoding');
        assert.equal(response.headers['content-type'], 'application/json');
        const { 'content-length': length } = response.headers;
        assert.equal(length, count === 3000 ? undefined : String(body.length));
        assert.ok(body.length < plain.length / 3, `${body.length} of ${plain.length} bytes`);
        assert.deepEqual(decoders[coding](body), plain);
      });

  it('leaves alone what is small, what nobody asked for, and what the configuration says', async () => {
    answerWith(1);
    assert.equal((await headOf('/v1/rows', 'br'))['content-encoding'], undefined);
    answerWith(50);
    const unasked = await headOf('/v1/rows');
    assert.deepEqual([unasked['content-encoding'], unasked.vary], [undefined, 'Accept-Encoding']);
    const headers = await headOf('/v1/rows', 'br', {}, off);
    assert.deepEqual([headers['content-encoding'], headers.vary], [undefined, undefined]);
  });

  it('compresses even what is small for who refuses it as it is, and answers 406 where it cannot', async () => {
    answerWith(1);
    const response = await open('/v1/rows', 'identity;q=0, gzip');
    assert.equal(response.headers['content-encoding'], 'gzip');
    assert.match(gunzipSync(await buffer(response)).toString(), /"id":0/);
    let calls = 0;
    core.answer = (answer) => {
      calls += 1;
      answer.end();
    };
    for (const from of [bank, off]) {
      const refused = await from.call('/v1/rows', { headers: { 'Accept-Encoding': 'identity;q=0' } });
      assert.deepEqual([refused.status, (await problemOf(refused)).code], [406, 'not-acceptable']);
    }
    assert.equal(calls, 0, 'nothing was asked of the service');
  });

  it('says the same to HEAD', async () => {
    for (const count of [50, 400, 3000]) {
      answerWith(count);
      const get = await open('/v1/rows', 'br');
      await buffer(get);
      const head = await open('/v1/rows', 'br', { method: 'HEAD' });
      assert.equal((await buffer(head)).length, 0);
      for (const name of ['content-encoding', 'content-length', 'vary', 'content-type'])
        assert.equal(head.headers[name], get.headers[name], name);
    }
  });

  it('gives a kept answer a tag for each of its representations, and 304 only for the one it names', async () => {
    answerWith(400);
    const [plain, br, gzip] = await Promise.all([
      open('/v1/kept'),
      open('/v1/kept', 'br'),
      open('/v1/kept', 'gzip'),
    ]);
    const tags = [plain, br, gzip].map(({ headers }) => headers.etag!);
    await Promise.all([plain, br, gzip].map((response) => buffer(response)));
    assert.equal(new Set(tags).size, 3);
    for (const tag of tags) assert.match(tag, /^"[\w.-]+"$/, 'strong');
    const same = (await open('/v1/kept', 'br', { 'If-None-Match': tags[1]! })).resume();
    assert.deepEqual([same.statusCode, same.headers.etag], [304, tags[1]]);
    assert.deepEqual(
      [same.headers['content-encoding'], same.headers['content-length']],
      [undefined, undefined],
    );
    assert.equal(same.headers.vary, 'Accept-Encoding, Authorization');
    const other = await open('/v1/kept', 'gzip', { 'If-None-Match': tags[1]! });
    assert.deepEqual([other.statusCode, other.headers['content-encoding']], [200, 'gzip']);
    await buffer(other);
  });

  for (const [coding, createDecoder] of [
    ['br', createBrotliDecompress],
    ['gzip', createGunzip],
  ] as const) {
    it(`lets the first rows leave as ${coding} while the service is still at work, and later ones when it pauses`, async () => {
      const proceed = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()] as const;
      core.answer = (response) => {
        response.write(START + rows(0, 2000));
        void proceed[0].promise.then(() => response.write(rows(2000, 1000)));
        void proceed[1].promise.then(() => response.end(rows(3000, 1) + END));
      };
      const decoder = (await open('/v1/rows', coding)).pipe(createDecoder());
      let body = '';
      for await (const run of decoder) {
        body += String(run);
        // The decoder writes in blocks of some hundred rows.
        if (body.includes(idOf(1500))) proceed[0].resolve(undefined);
        if (body.includes(idOf(2500))) proceed[1].resolve(undefined);
      }
      assert.equal((JSON.parse(body) as { row: unknown[] }).row.length, 3001);
    });

    it(`breaks off what goes wrong late as ${coding}, for everybody to see`, async () => {
      core.answer = (response) => response.end(`${START}${rows(0, 3000)}<Row><Id>hunter2</Id></Row>${END}`);
      const response = await open('/v1/rows', coding);
      assert.equal(response.statusCode, 200);
      await assert.rejects(buffer(response), /aborted/);
      const line = JSON.parse(bank.log.at(-1)!) as Record<string, unknown>;
      assert.deepEqual([line.status, line.code], [502, 'invalid-upstream-response']);
    });

    it(`ends the call to the service when a client that reads ${coding} goes`, async () => {
      const gone = Promise.withResolvers<undefined>();
      core.answer = (response) => {
        response.write(START + rows(0, 3000));
        response.once('close', () => {
          gone.resolve(undefined);
        });
      };
      (await open('/v1/rows', coding)).destroy();
      await gone.promise;
    });
  }

  it('spares the way of the OpenAPI document and the page, too', async () => {
    for (const path of [
      '/openapi.json',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
      '/docs/portico.schema.json',
    ]) {
      const plain = await open(path);
      const bytes = await buffer(plain);
      for (const coding of ['br', 'gzip', 'br'] as const) {
        const response = await open(path, coding);
        const body = await buffer(response);
        assert.equal(response.headers['content-encoding'], coding, path);
        assert.equal(response.headers['content-type'], plain.headers['content-type']);
        assert.equal(response.headers.vary, 'Accept-Encoding');
        assert.equal(response.headers['content-length'], String(body.length));
        assert.deepEqual(decoders[coding](body), bytes);
      }
      const head = (await open(path, 'br', { method: 'HEAD' })).resume();
      assert.equal(head.headers['content-encoding'], 'br');
    }
  });

  it('never compresses problems', async () => {
    const query = Array.from({ length: 30 }, (_, index) => `unknown${index}=1`).join('&');
    const response = await open(`/v1/rows?${query}`, 'br, gzip');
    const body = await buffer(response);
    assert.equal(response.statusCode, 400);
    assert.ok(body.length > 1024);
    assert.equal(response.headers['content-encoding'], undefined);
  });
});
