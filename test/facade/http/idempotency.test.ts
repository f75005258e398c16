import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { insufficientFunds, transferAnswer, undeclaredFault } from '../bank-wsdl.ts';
import { problemOf, standardAnswer, startBank, type Bank } from '../bank.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };

interface Whole {
  readonly status: number;
  readonly type: string | null;
  readonly replayed: string | null;
  readonly body: Buffer;
}

async function wholeOf(response: Response): Promise<Whole> {
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    replayed: response.headers.get('idempotency-replayed'),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

describe('a write with an Idempotency-Key', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank({ yaml: 'rateLimit: { requests: 100000 }' });
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.answer = standardAnswer;
    bank.calls.length = 0;
  });

  const post = (
    key: string,
    body: unknown = transfer,
    headers: Record<string, string> = {},
  ): Promise<Response> => bank.post('/v1/transfers', body, { 'Idempotency-Key': key, ...headers });

  it('is carried out once, and answered with the same bytes again, marked', async () => {
    const key = randomUUID();
    const first = await wholeOf(await post(key));
    const second = await wholeOf(await post(key));
    assert.deepEqual([first.status, first.replayed], [201, null]);
    assert.deepEqual(second, { ...first, replayed: 'true' });
    assert.equal(bank.calls.length, 1);
  });

  it('is carried out once when a hundred come at the same time; the others are told so until it is answered', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      await goOn;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(transferAnswer);
      return undefined;
    };
    const key = randomUUID();
    let refused = 0;
    const answers = Array.from({ length: 100 }, async () => {
      const response = await post(key);
      if (response.status === 409 && (refused += 1) === 99) resolve(undefined);
      return response;
    });
    const done = await Promise.all(answers);
    assert.equal(bank.calls.length, 1);
    assert.equal(done.filter(({ status }) => status === 201).length, 1);
    const late = done.find(({ status }) => status === 409)!;
    assert.equal(late.headers.get('retry-after'), '1');
    assert.equal((await problemOf(late)).code, 'request-in-progress');
    assert.equal((await wholeOf(await post(key))).status, 201);
  });

  it('is refused if the key stands for another payload or operation, whatever the order of its members', async () => {
    const key = randomUUID();
    await post(key);
    const { from, ...rest } = transfer;
    assert.equal((await post(key, { ...rest, from })).status, 201);
    const other = await problemOf(await post(key, { ...transfer, amount: '10.006' }));
    assert.deepEqual([other.status, other.code], [422, 'idempotency-key-reused']);
    const elsewhere = await bank.post('/v1/notices?text=hello', undefined, { 'Idempotency-Key': key });
    assert.equal((await problemOf(elsewhere)).code, 'idempotency-key-reused');
    assert.equal(bank.calls.length, 1);
  });

  it('is another request when another principal sends the same key', async () => {
    const key = randomUUID();
    const { createDevelopmentToken } = await import('../../../facade/index.ts');
    const scopes = ['accounts:read', 'transfers:write'];
    const ben = await createDevelopmentToken({ configDir: bank.folder, subject: 'ben', scopes });
    await post(key);
    const theirs = await post(key, transfer, { Authorization: `Bearer ${ben}` });
    assert.deepEqual([theirs.status, theirs.headers.get('idempotency-replayed')], [201, null]);
    assert.equal(bank.calls.length, 2);
  });

  it('takes a key in quotes, and refuses what is none', async () => {
    const key = randomUUID();
    await post(key);
    assert.equal((await post(`"${key}"`)).headers.get('idempotency-replayed'), 'true');
    assert.equal((await post('"a \\"quoted\\" \\\\ key, with a comma"')).status, 201);
    for (const bad of ['""', '"open', 'two words', 'a,b', '"a", "b"', '"a";p=1', 'k'.repeat(256), '"a\\b"']) {
      const problem = await problemOf(await post(bad));
      assert.deepEqual([problem.status, problem.code], [400, 'idempotency-key-invalid'], bad);
    }
    assert.equal(bank.calls.length, 2);
  });

  it('keeps a declared fault and the fault of a sender, byte for byte', async () => {
    for (const [body, status] of [
      [insufficientFunds, 422],
      [undeclaredFault('Client', 'Account is not yours'), 422],
    ] as const) {
      bank.calls.length = 0;
      bank.answer = () => ({ status: 500, body });
      const key = randomUUID();
      const first = await wholeOf(await post(key));
      bank.answer = standardAnswer;
      assert.equal(first.status, status);
      assert.deepEqual(await wholeOf(await post(key)), { ...first, replayed: 'true' });
      assert.equal(bank.calls.length, 1);
    }
  });

  it('keeps nothing of a request that does not fit the contract', async () => {
    const key = randomUUID();
    assert.equal((await post(key, { ...transfer, amount: 'much' })).status, 400);
    assert.equal((await post(key)).status, 201);
  });

  it('keeps the answer of a one-way operation, which has no body', async () => {
    const key = randomUUID();
    const send = (): Promise<Response> =>
      bank.call('/v1/notices?text=hello', { method: 'POST', headers: { 'Idempotency-Key': key } });
    const first = await wholeOf(await send());
    assert.deepEqual([first.status, first.body.length], [202, 0]);
    assert.deepEqual(await wholeOf(await send()), { ...first, replayed: 'true' });
    assert.equal(bank.calls.length, 1);
  });

  it('gives a large answer again, and tells of one that was too large to keep; neither is asked for twice', async () => {
    for (const [mebibytes, again] of [
      [1, 201],
      [9, 409],
    ] as const) {
      bank.calls.length = 0;
      const id = 'x'.repeat(mebibytes * 1024 * 1024);
      bank.answer = () => ({ body: transferAnswer.replace('t-1', id) });
      const key = randomUUID();
      const first = await wholeOf(await post(key));
      assert.deepEqual([first.status, first.body.toString()], [201, JSON.stringify({ transferId: id })]);
      const second = await post(key);
      assert.equal(second.status, again);
      if (again === 409) assert.equal((await problemOf(second)).code, 'answer-not-kept');
      else assert.deepEqual(await wholeOf(second), { ...first, replayed: 'true' });
      assert.equal(bank.calls.length, 1);
    }
  });

  it('has an unknown outcome after a lost answer, a broken one and a failure inside, and is not sent again', async () => {
    const losses: Bank['answer'][] = [
      (_call, response) => void response.destroy(),
      () => ({ body: '<html/>' }),
      () => ({ status: 500, body: undeclaredFault('Server', 'broken') }),
      () => ({ status: 500, body: transferAnswer }),
    ];
    for (const lost of losses) {
      bank.calls.length = 0;
      bank.answer = lost;
      const key = randomUUID();
      assert.equal((await problemOf(await post(key))).status, 502);
      bank.answer = standardAnswer;
      const again = await problemOf(await post(key));
      assert.deepEqual([again.status, again.code], [409, 'outcome-unknown']);
      assert.match(again.detail ?? '', /Check the effect/);
      assert.equal(bank.calls.length, 1);
    }
  });

  it('means nothing to a read', async () => {
    const read = (): Promise<Response> =>
      bank.call('/v1/accounts/4711', { headers: { 'Idempotency-Key': 'two words' } });
    assert.deepEqual(
      [(await read()).status, (await read()).headers.get('idempotency-replayed')],
      [200, null],
    );
    assert.equal(bank.calls.length, 2);
  });

  it('leaves neither key nor payload in the store', async () => {
    const key = `secret-${randomUUID()}`;
    await post(key);
    const database = new DatabaseSync(join(bank.folder, '.portico', 'commands.sqlite'), { readOnly: true });
    const rows = database.prepare('SELECT * FROM portico_commands').all();
    database.close();
    assert.ok(rows.length > 0);
    // An account between other hex digits is the chance of a hash or a UUID, not the account.
    for (const row of rows)
      assert.doesNotMatch(
        JSON.stringify({ ...row, body: null }),
        /secret|anna|(?<![\da-f-])4711(?![\da-f-])/,
      );
  });
});

describe('idempotency by configuration', () => {
  const service = (idempotency: string): string =>
    `bank:
    wsdl: bank.wsdl
    endpoint: http://127.0.0.1:9/bank
    routes:
      - { operation: Transfer, method: POST, path: /v1/transfers, input: { customerId: token.sub }, idempotency: ${idempotency} }`;
  const request = { ...transfer, options: { channel: 'WEB' } };
  const withKey = { 'Idempotency-Key': 'k-1' };

  it('refuses a write without a key where it is required, and opens its store at the start', async () => {
    const bank = await startBank({ services: service('required') });
    try {
      assert.ok(existsSync(join(bank.folder, '.portico', 'commands.sqlite')));
      const problem = await problemOf(await bank.post('/v1/transfers', request));
      assert.deepEqual([problem.status, problem.code], [400, 'idempotency-key-missing']);
    } finally {
      await bank.close();
    }
  });

  it('frees the key where nothing left', async () => {
    const bank = await startBank({ services: service('required') });
    try {
      for (const round of [1, 2]) {
        const response = await bank.post('/v1/transfers', request, withKey);
        assert.equal((await problemOf(response)).code, 'upstream-unreachable', String(round));
      }
    } finally {
      await bank.close();
    }
  });

  it('ignores the key where it is off, and then needs no store', async () => {
    const bank = await startBank({ services: service('off') });
    try {
      const response = await bank.post('/v1/transfers', request, withKey);
      assert.equal((await problemOf(response)).code, 'upstream-unreachable');
      assert.equal(existsSync(join(bank.folder, '.portico', 'commands.sqlite')), false);
    } finally {
      await bank.close();
    }
  });

  it('does not start where a key is required and the store cannot be made', async () => {
    await assert.rejects(
      startBank({
        services: service('required'),
        yaml: 'commands: { path: bank.wsdl/commands.sqlite }',
      }),
      { name: 'ConfigError', message: /commands.*bank\.wsdl/ },
    );
  });

  it('starts without a PostgreSQL that is away, and refuses writes with a key with 503, not sent', async () => {
    const bank = await startBank({
      services: service('required'),
      yaml: 'commands: { store: postgres, url: "postgres://nobody:hunter2@127.0.0.1:9/none" }',
    });
    try {
      const response = await bank.post('/v1/transfers', request, withKey);
      assert.equal(response.headers.get('retry-after'), '5');
      assert.equal((await problemOf(response)).code, 'commands-unavailable');
      assert.equal(bank.calls.length, 0);
      assert.doesNotMatch(bank.log.join(''), /hunter2/);
    } finally {
      await bank.close();
    }
  });

  it('refuses writes with a key while the store fails, and takes them when it is well again', async () => {
    const bank = await startBank({
      prepare: (folder) => {
        writeFileSync(join(folder, 'in-the-way'), '');
      },
      yaml: 'commands: { path: in-the-way/commands.sqlite }',
      services: (coreUrl) => service('optional').replace('http://127.0.0.1:9/bank', coreUrl),
    });
    try {
      const refused = await problemOf(await bank.post('/v1/transfers', request, withKey));
      assert.deepEqual([refused.status, refused.code], [503, 'commands-unavailable']);
      assert.equal(bank.calls.length, 0);
      assert.equal(
        (await bank.post('/v1/transfers', request)).status,
        200,
        'without a key it needs no store',
      );
      const { unlinkSync } = await import('node:fs');
      unlinkSync(join(bank.folder, 'in-the-way'));
      assert.equal((await bank.post('/v1/transfers', request, withKey)).status, 200);
    } finally {
      await bank.close();
    }
  });

  it('keeps an answer for its time, and starts anew afterwards', async () => {
    const bank = await startBank();
    try {
      await bank.post('/v1/transfers', transfer, withKey);
      const database = new DatabaseSync(join(bank.folder, '.portico', 'commands.sqlite'), { timeout: 5000 });
      const hours = database
        .prepare('SELECT (expires_at - sent_at) / 3600000.0 AS hours FROM portico_commands')
        .get() as { hours: number };
      assert.ok(Math.abs(hours.hours - 24) < 0.01, String(hours.hours));
      database.exec('UPDATE portico_commands SET expires_at = 1');
      database.close();
      const anew = await bank.post('/v1/transfers', { ...transfer, amount: '11.00' }, withKey);
      assert.deepEqual([anew.status, anew.headers.get('idempotency-replayed')], [201, null]);
      assert.equal(bank.calls.length, 2);
    } finally {
      await bank.close();
    }
  });

  it('tells what is wrong with a mapping, by its line', async () => {
    const wrong = service(
      '{ deduplicates: true, settle: { operation: GetAccount, input: { accountId: idempotency.key }, notFound: Nothing } }',
    );
    await assert.rejects(startBank({ services: wrong }), (error: Error) => {
      assert.match(error.message, /deduplicates.*idempotency\.key/);
      assert.match(error.message, /GetAccount.*other members/);
      assert.match(error.message, /declares no fault "Nothing"/);
      assert.match(error.message, /never got the key/);
      assert.match(error.message, /needs "customerId"/);
      return true;
    });
  });
});
