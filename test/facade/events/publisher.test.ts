import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { createInProcessBus, type BusEvent, type EventBus } from '../../../connectors/index.ts';
import { insufficientFunds, undeclaredFault } from '../bank-wsdl.ts';
import { problemOf, standardAnswer, startBank, type Bank } from '../bank.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };

/** A bus, and what was published on it. */
function listeningBus(): {
  readonly bus: EventBus;
  readonly heard: BusEvent[];
  readonly count: (wanted: number) => Promise<void>;
} {
  const heard: BusEvent[] = [];
  let onHeard = (): void => undefined;
  const bus = createInProcessBus();
  return {
    heard,
    bus: {
      ...bus,
      publish: async (event) => {
        heard.push(event);
        onHeard();
      },
    },
    count: async (wanted) => {
      while (heard.length < wanted) await new Promise<void>((resolve) => (onHeard = resolve));
    },
  };
}

function textOf(event: BusEvent | undefined): string {
  return Buffer.from(event!.data).toString();
}

/** Rows of the bank's store. */
function rowsOf(bank: Bank, sql: string): unknown[] {
  const database = new DatabaseSync(join(bank.folder, '.portico', 'commands.sqlite'), { timeout: 5000 });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

describe('the event of a write', () => {
  it('says what the mapping has it say, in order of its key', async () => {
    const { bus, heard, count } = listeningBus();
    const bank = await startBank({
      options: { bus },
      routes: [
        '{ operation: Transfer, method: POST, path: "/v1/{from}/paid", operationId: paid, input: { customerId: token.sub }, publish: { event: paid, key: input.from, subject: output.transferId, attributes: { customer: token.sub, amount: input.amount, nothing: token.none } } }',
      ],
    });
    try {
      const { amount, currency } = transfer;
      await bank.post('/v1/4711/paid', { amount, currency }, { 'X-Request-Id': 'r-1' });
      await count(1);
      const { id, time, data, ...rest } = heard[0]!;
      assert.deepEqual(rest, {
        event: 'paid',
        requestId: 'r-1',
        subject: 't-1',
        extensions: { partitionkey: '4711', customer: 'anna', amount: '10.005' },
      });
      assert.deepEqual([id.length, textOf(heard[0])], [36, '{"transferId":"t-1"}']);
      assert.ok(!Number.isNaN(Date.parse(time)) && data.length > 0);
    } finally {
      await bank.close();
    }
  });

  it('holds the XML of the contract where the mapping says so', async () => {
    const { bus, heard, count } = listeningBus();
    const bank = await startBank({
      options: { bus },
      routes: [
        '{ operation: Transfer, method: POST, path: /v1/paid, operationId: paid, input: { customerId: token.sub }, publish: { event: paid, format: xml } }',
      ],
    });
    try {
      await bank.post('/v1/paid', transfer);
      await count(1);
      assert.equal(
        textOf(heard[0]),
        '<tns:TransferResponse xmlns:tns="urn:bank"><tns:TransferId>t-1</tns:TransferId></tns:TransferResponse>',
      );
      assert.deepEqual([heard[0]?.contentType, heard[0]?.dataSchema], ['application/xml', 'urn:bank']);
    } finally {
      await bank.close();
    }
  });

  it('has null for data where the operation has no output', async () => {
    const { bus, heard, count } = listeningBus();
    const bank = await startBank({
      options: { bus },
      routes: [
        '{ operation: Notify, method: POST, path: /v1/told, operationId: told, publish: { event: told } }',
      ],
    });
    try {
      assert.equal((await bank.post('/v1/told', { text: 'hello' })).status, 202);
      await count(1);
      assert.equal(textOf(heard[0]), 'null');
    } finally {
      await bank.close();
    }
  });

  it('is told once for a key, however often that is repeated, and never for what failed', async () => {
    const { bus, heard, count } = listeningBus();
    const bank = await startBank({ options: { bus } });
    const withKey = { 'Idempotency-Key': 'k-1' };
    try {
      bank.answer = () => ({ status: 500, body: insufficientFunds });
      assert.equal((await bank.post('/v1/transfers', transfer)).status, 422);
      bank.answer = () => ({ status: 500, body: undeclaredFault('Server', 'broken') });
      assert.equal((await bank.post('/v1/transfers', transfer)).status, 502);
      bank.answer = standardAnswer;
      for (let count = 0; count < 3; count += 1)
        assert.equal((await bank.post('/v1/transfers', transfer, withKey)).status, 201);
      await bank.post('/v1/transfers', transfer, { 'Idempotency-Key': 'k-2' });
      await count(2);
      assert.equal(rowsOf(bank, 'SELECT * FROM portico_outbox').length, 2);
      assert.equal(new Set(heard.map(({ id }) => id)).size, 2);
    } finally {
      await bank.close();
    }
  });

  it('leaves nothing of a write without a key but its event, and of one whose outcome is unknown that it was sent', async () => {
    const { bus, count } = listeningBus();
    const bank = await startBank({ options: { bus } });
    try {
      await bank.post('/v1/transfers', transfer);
      await count(1);
      assert.deepEqual(rowsOf(bank, 'SELECT * FROM portico_commands'), []);
      bank.answer = (_call, response) => void response.destroy();
      assert.equal((await bank.post('/v1/transfers', transfer)).status, 502);
      const [row] = rowsOf(bank, 'SELECT state, operation FROM portico_commands') as Record<
        string,
        unknown
      >[];
      assert.deepEqual({ ...row }, { state: 'unknown', operation: 'bank POST /v1/transfers' });
    } finally {
      await bank.close();
    }
  });

  it('keeps a write from being sent while it could not be written down', async () => {
    const { bus } = listeningBus();
    const bank = await startBank({ options: { bus } });
    const database = new DatabaseSync(join(bank.folder, '.portico', 'commands.sqlite'), { timeout: 5000 });
    try {
      database.exec('ALTER TABLE portico_commands RENAME TO gone');
      const problem = await problemOf(await bank.post('/v1/transfers', transfer));
      assert.deepEqual([problem.status, problem.code], [503, 'commands-unavailable']);
      assert.match(problem.detail ?? '', /event/);
      assert.equal(bank.calls.length, 0);
      database.exec('ALTER TABLE gone RENAME TO portico_commands');
      assert.equal((await bank.post('/v1/transfers', transfer)).status, 201);
    } finally {
      database.close();
      await bank.close();
    }
  });

  it('is refused with its line where the mapping asks for what there is not', async () => {
    const wrong = `bank:
    wsdl: bank.wsdl
    routes:
      - { operation: GetAccount, method: GET, path: "/v1/accounts/{accountId}", input: { customerId: token.sub }, publish: { event: seen } }
      - { operation: Transfer, method: POST, path: /v1/a, publish: { event: a, key: input.form } }
      - { operation: Transfer, method: POST, path: /v1/b, publish: { event: b, subject: output.transfer } }
      - { operation: Notify, method: POST, path: /v1/c, publish: { event: c, format: xml, attributes: { x: output.y } } }`;
    await assert.rejects(startBank({ services: wrong }), (error: Error) => {
      for (const said of [
        /GET changes nothing/,
        /"form".*"from"/,
        /"transfer".*"transferId"/,
        /no XML document/,
        /has no output/,
      ])
        assert.match(error.message, said);
      return true;
    });
  });
});
