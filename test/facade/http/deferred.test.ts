import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createDevelopmentToken } from '../../../facade/index.ts';
import { insufficientFunds, transferAnswer, undeclaredFault } from '../bank-wsdl.ts';
import { problemOf, standardAnswer, type Bank } from '../bank.ts';
import { KEY, open, transfer, yaml, type Status } from './deferred-bank.ts';

describe('an operation that is carried out later', () => {
  let bank: Bank;
  before(async () => {
    bank = await open();
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.answer = standardAnswer;
    bank.calls.length = 0;
  });

  const accept = async (path = '/v1/later', headers: Record<string, string> = {}): Promise<string> => {
    const response = await bank.post(path, transfer, headers);
    assert.equal(response.status, 202, await response.clone().text());
    const location = response.headers.get('location')!;
    assert.match(location, /^\/v1\/operations\/[0-9a-f-]{36}$/);
    return location;
  };
  const statusAt = async (location: string): Promise<Status> => {
    const response = await bank.call(location);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    return (await response.json()) as Status;
  };
  const reached = async (location: string, isThere: (status: Status) => boolean): Promise<Status> => {
    for (;;) {
      const status = await statusAt(location);
      if (isThere(status)) return status;
    }
  };
  const endOf = (location: string): Promise<Status> =>
    reached(location, ({ status }) => !['accepted', 'running'].includes(status));
  /** The core keeps every call waiting until this is called. */
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      await promise;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(transferAnswer);
      return undefined;
    };
    return () => {
      resolve(undefined);
    };
  };

  it('is accepted, runs, and succeeds with the result that its client would have had at once', async () => {
    const goOn = hold();
    const location = await accept();
    const running = await reached(location, ({ status }) => status === 'running');
    assert.deepEqual([running.operation, running.attempts], ['atv1later', 1]);
    goOn();
    const done = await endOf(location);
    assert.deepEqual(
      [done.status, done.answerStatus, done.result],
      ['succeeded', 201, { transferId: 't-1' }],
    );
    assert.equal(bank.calls.length, 1);
    assert.match(bank.calls[0]!.envelope, /CustomerId>anna</);
  });

  it('fails with the problem that its client would have had at once', async () => {
    bank.answer = () => ({ status: 500, body: insufficientFunds });
    const { status, problem, answerStatus } = await endOf(await accept());
    assert.deepEqual(
      [status, problem?.code, problem?.status, answerStatus],
      ['failed', 'insufficient-funds', 422, 422],
    );
  });

  it('says when to ask, and that the preference of the client was met', async () => {
    const response = await bank.post('/v1/either', transfer, { Prefer: 'respond-async, wait=10' });
    assert.equal(response.status, 202);
    assert.match(response.headers.get('retry-after') ?? '', /^\d+$/);
    assert.match(response.headers.get('preference-applied') ?? '', /respond-async/);
    assert.match(((await response.json()) as Status).status, /^(accepted|running)$/);
    const atOnce = await bank.post('/v1/either', transfer);
    assert.deepEqual([atOnce.status, await atOnce.json()], [201, { transferId: 't-1' }]);
    await endOf(response.headers.get('location')!);
  });

  it('is not to be had where the mapping does not offer it: the preference is passed over', async () => {
    const response = await bank.post('/v1/transfers', transfer, { Prefer: 'respond-async' });
    assert.deepEqual([response.status, response.headers.get('preference-applied')], [201, null]);
  });

  it('tells at once what is wrong with the input, and stores nothing of it', async () => {
    const problem = await problemOf(await bank.post('/v1/later', { ...transfer, amount: 'much' }));
    assert.deepEqual([problem.status, problem.code], [400, 'invalid-input']);
    const unscoped = `Bearer ${await bank.token([])}`;
    assert.equal((await bank.post('/v1/later', transfer, { Authorization: unscoped })).status, 403);
    assert.equal(bank.calls.length, 0);
  });

  it('is the same one when it is asked for again with its key, whatever became of it', async () => {
    const goOn = hold();
    const key = { 'Idempotency-Key': randomUUID() };
    const location = await accept('/v1/either', { ...key, Prefer: 'respond-async' });
    const again = await bank.post('/v1/either', transfer, { ...key, Prefer: 'respond-async' });
    assert.deepEqual([again.status, again.headers.get('location')], [202, location]);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    await reached(location, ({ status }) => status === 'running');
    assert.equal((await problemOf(await bank.post('/v1/either', transfer, key))).code, 'request-in-progress');
    goOn();
    await endOf(location);
    const late = await bank.post('/v1/either', transfer, { ...key, Prefer: 'respond-async' });
    assert.deepEqual([late.status, ((await late.json()) as Status).status], [202, 'succeeded']);
    const atOnce = await bank.post('/v1/either', transfer, key);
    assert.deepEqual([atOnce.status, atOnce.headers.get('idempotency-replayed')], [201, 'true']);
    const other = await bank.post('/v1/either', { ...transfer, amount: '1' }, key);
    assert.equal((await problemOf(other)).code, 'idempotency-key-reused');
    assert.equal(bank.calls.length, 1);
  });

  it('is seen by its caller alone', async () => {
    const location = await accept();
    const ben = await createDevelopmentToken({ configDir: bank.folder, subject: 'ben', scopes: [] });
    for (const method of ['GET', 'DELETE']) {
      const theirs = await bank.call(location, { method, headers: { Authorization: `Bearer ${ben}` } });
      assert.equal((await problemOf(theirs)).code, 'not-found');
      const nobodys = await bank.call(location, { method, headers: { Authorization: '' } });
      assert.equal((await problemOf(nobodys)).code, 'token-missing');
    }
    const none = await bank.call(`/v1/operations/${randomUUID()}`);
    assert.equal((await problemOf(none)).code, 'not-found');
    assert.equal((await bank.call(`${location}/more`)).status, 404);
    assert.equal((await endOf(location)).status, 'succeeded');
  });

  it('has no other methods', async () => {
    const response = await bank.call(await accept(), { method: 'PUT' });
    assert.equal(response.headers.get('allow'), 'GET, HEAD, DELETE, OPTIONS');
    assert.equal((await problemOf(response)).code, 'method-not-allowed');
  });

  it('is done although the client has long gone, and its token has expired', async () => {
    const { signal, abort } = ((controller) => ({
      signal: controller.signal,
      abort: () => {
        controller.abort();
      },
    }))(new AbortController());
    const goOn = hold();
    const response = await bank.call('/v1/later', {
      method: 'POST',
      body: JSON.stringify(transfer),
      headers: { 'Content-Type': 'application/json' },
      signal,
    });
    abort();
    goOn();
    assert.equal((await endOf(response.headers.get('location')!)).status, 'succeeded');
  });

  it('is not sent again by itself after its outcome became unknown, and waits for a person', async () => {
    bank.answer = (_call, response) => void response.destroy();
    const location = await accept('/v1/later', { 'Idempotency-Key': 'lost' });
    const { status, result, problem } = await endOf(location);
    assert.deepEqual([status, result, problem], ['unknown', undefined, undefined]);
    bank.answer = standardAnswer;
    const again = await bank.post('/v1/later', transfer, { 'Idempotency-Key': 'lost' });
    assert.deepEqual([again.status, again.headers.get('location')], [202, location]);
    assert.equal(bank.calls.length, 1);
    assert.ok(bank.log.some((line) => line.includes('portico operations resolve')));
  });

  it('is sent again after that where the service does the same only once', async () => {
    let losses = 2;
    bank.answer = (call, response) => {
      if (losses-- > 0) return void response.destroy();
      return standardAnswer(call, response);
    };
    const done = await endOf(await accept('/v1/deduplicated'));
    assert.deepEqual([done.status, done.attempts], ['succeeded', 3]);
    const keys = bank.calls.map(({ envelope }) => /Note>([^<]+)</.exec(envelope)?.[1]);
    assert.deepEqual([keys.length, new Set(keys).size], [3, 1]);
    assert.match(keys[0]!, /^[0-9a-f-]{36}$/);
  });

  it('leaves an outcome unknown after a failure inside the service', async () => {
    bank.answer = () => ({ status: 500, body: undeclaredFault('Server', 'broken') });
    assert.equal((await endOf(await accept())).status, 'unknown');
  });

  it('keeps its input until it is done, and no longer', async () => {
    const database = new DatabaseSync(join(bank.folder, '.portico', 'commands.sqlite'), { readOnly: true });
    const contentOf = (location: string): unknown =>
      database
        .prepare('SELECT content FROM portico_operations WHERE id = ?')
        .get(location.split('/').at(-1)!)?.['content'];
    const goOn = hold();
    const location = await accept();
    assert.match(Buffer.from(contentOf(location) as Uint8Array).toString(), /4711/);
    goOn();
    await endOf(location);
    assert.equal(contentOf(location), null);
    database.close();
  });
});

describe('an operation whose service is away', () => {
  const away = { endpoint: 'http://127.0.0.1:9/bank' };
  const location = async (bank: Bank, path = '/v1/later'): Promise<string> =>
    (await bank.post(path, transfer, { 'Idempotency-Key': 'k' })).headers.get('location')!;
  const statusOf = async (bank: Bank, at: string, method = 'GET'): Promise<Status> =>
    (await (await bank.call(at, { method })).json()) as Status;
  const until = async (bank: Bank, at: string, wanted: (status: Status) => boolean): Promise<Status> => {
    for (;;) {
      const status = await statusOf(bank, at);
      if (wanted(status)) return status;
    }
  };

  it('waits, and says what for', async () => {
    const bank = await open(away);
    try {
      const at = await location(bank);
      const waiting = await until(bank, at, ({ attempts, status }) => attempts > 1 && status === 'accepted');
      assert.equal(waiting.reason, 'upstream-unreachable');
    } finally {
      await bank.close();
    }
  });

  it('is given up after its time: nothing was done', async () => {
    const bank = await open(away);
    try {
      const { status, problem } = await until(
        bank,
        await location(bank, '/v1/short'),
        ({ status: now }) => now === 'failed',
      );
      assert.deepEqual([status, problem?.code, problem?.status], ['failed', 'operation-expired', 503]);
    } finally {
      await bank.close();
    }
  });

  it('is cancelled as long as it has not begun, and its key stands for that', async () => {
    const bank = await open(away);
    try {
      const at = await location(bank);
      await until(bank, at, ({ attempts, status }) => attempts > 0 && status === 'accepted');
      let answer = await bank.call(at, { method: 'DELETE' });
      // It may be its turn just now.
      while (answer.status === 409) {
        assert.equal((await problemOf(answer)).code, 'operation-started');
        answer = await bank.call(at, { method: 'DELETE' });
      }
      assert.equal(((await answer.json()) as Status).status, 'cancelled');
      assert.equal((await statusOf(bank, at, 'DELETE')).status, 'cancelled');
      const again = await bank.post('/v1/later', transfer, { 'Idempotency-Key': 'k' });
      assert.equal(((await again.json()) as Status).status, 'cancelled');
      const { body } = rowOf(bank, 'SELECT body FROM portico_commands') as { body: Uint8Array };
      assert.equal(
        (JSON.parse(Buffer.from(body).toString()) as { code: string }).code,
        'operation-cancelled',
      );
    } finally {
      await bank.close();
    }
  });

  it('is carried out by the next process, and what is stored is sealed meanwhile', async () => {
    const sealed = yaml(', encryptionKey: "${KEY}"');
    const env = { KEY };
    const bank = await open({ ...away, yaml: sealed, env });
    const at = await location(bank);
    await until(bank, at, ({ attempts }) => attempts > 0);
    const folder = join(bank.folder, '.portico');
    const files = ['commands.sqlite', 'commands.sqlite-wal'].map((name) =>
      readFileSync(join(folder, name), 'latin1'),
    );
    assert.ok(files.every((text) => !text.includes('4711') && !text.includes('anna')));
    const { content } = rowOf(bank, 'SELECT content FROM portico_operations') as { content: Uint8Array };
    assert.equal(content[0], 1);
    await bank.leave();
    const next = await open({ yaml: sealed, env, adopt: bank.folder });
    try {
      assert.equal((await until(next, at, ({ status }) => status === 'succeeded')).answerStatus, 201);
      assert.equal(next.calls.length, 1);
    } finally {
      await next.close();
    }
  });
});

function rowOf(bank: Bank, sql: string): unknown {
  const path = join(bank.folder, '.portico', 'commands.sqlite');
  using database = new DatabaseSync(path, { readOnly: true });
  return database.prepare(sql).get();
}
