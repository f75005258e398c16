import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insufficientFunds, transferAnswer, undeclaredFault } from '../bank-wsdl.ts';
import { startBank, type Bank } from '../bank.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };
const IBAN = 'DE89370400440532013000';
const CARD = '4111 1111 1111 1111';

type Entry = Readonly<Record<string, unknown>>;

/** Runs `work` before a bank, and gives the lines of its audit log. */
async function audited(yaml: string, work: (bank: Bank) => Promise<unknown>): Promise<Entry[]> {
  const bank = await startBank({
    yaml: `audit: { to: audit.log, ${yaml} }`,
    routes: [
      '{ operation: Transfer, method: POST, path: /v1/secret-transfers, operationId: secret, input: { customerId: token.sub }, sensitive: [from, options.note] }',
    ],
  });
  try {
    await work(bank);
    await bank.facade.close();
    const text = readFileSync(join(bank.folder, 'audit.log'), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  } finally {
    await bank.close();
  }
}

function short({ operation, outcome, status, code }: Entry): unknown[] {
  return [operation, outcome, status, code];
}

describe('The audit log', () => {
  it('tells who had what carried out, and how each ended', async () => {
    const lines = await audited('', async (bank) => {
      await bank.call('/v1/accounts/4711');
      await bank.post('/v1/transfers', transfer);
      await bank.call('/v1/accounts/4711', { headers: { Authorization: '' } });
      await bank.call('/v1/accounts/4711', { headers: { Authorization: `Bearer ${await bank.token([])}` } });
      await bank.post('/v1/transfers', { ...transfer, currency: 'XXX' });
      bank.answer = () => ({ status: 500, body: insufficientFunds });
      await bank.post('/v1/transfers', transfer);
      bank.answer = () => ({ status: 500, body: undeclaredFault('Server', 'x') });
      await bank.post('/v1/transfers', transfer);
      bank.answer = (_call, response) => void response.destroy();
      await bank.post('/v1/transfers', transfer);
      bank.answer = () => ({ status: 200, body: '<no/>' });
      await bank.call('/v1/accounts/4711');
    });
    assert.deepEqual(lines.map(short), [
      ['getAccount', 'succeeded', 200, undefined],
      ['transfer', 'succeeded', 201, undefined],
      ['getAccount', 'denied', 401, 'token-missing'],
      ['getAccount', 'denied', 403, 'insufficient-scope'],
      ['transfer', 'refused', 400, 'invalid-input'],
      ['transfer', 'fault', 422, 'insufficient-funds'],
      ['transfer', 'fault', 502, 'soap-server-fault'],
      ['transfer', 'unknown', 502, 'upstream-cut-off'],
      ['getAccount', 'failed', 502, 'invalid-upstream-response'],
    ]);
    const [read, , refused] = lines;
    assert.match(String(read?.['subject']), /^[\da-f]{16}$/);
    assert.match(String(read?.['trace_id']), /^[\da-f]{32}$/);
    assert.deepEqual(
      [read?.['msg'], read?.['service'], read?.['method'], read?.['route']],
      ['audit', 'bank', 'GET', '/v1/accounts/{accountId}'],
    );
    assert.equal(refused?.['subject'], undefined);
    assert.ok(!JSON.stringify(lines).includes('4711'));
  });

  it('tells the outcome of a write whose client did not wait for it', async () => {
    const lines = await audited('operations: writes', async (bank) => {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
      const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<undefined>();
      bank.answer = (_call, response) => {
        arrive(undefined);
        return mayAnswer.then(() => {
          response.writeHead(200, { 'Content-Type': 'text/xml' }).end(transferAnswer);
          return undefined;
        });
      };
      const controller = new AbortController();
      const pending = fetch(`${bank.url}/v1/transfers`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${await bank.token()}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(transfer),
        signal: controller.signal,
      });
      await arrived;
      controller.abort();
      await assert.rejects(pending);
      answer(undefined);
    });
    assert.deepEqual(lines.map(short), [['transfer', 'succeeded', 201, undefined]]);
  });

  it('names a keyed write by a hash, and says when an answer was given again', async () => {
    const lines = await audited('', async (bank) => {
      for (const key of ['k-1', 'k-1', 'k-2'])
        await bank.post('/v1/transfers', transfer, { 'Idempotency-Key': key });
    });
    const commands = lines.map(({ command }) => command);
    assert.match(String(commands[0]), /^[\da-f]{64}$/);
    assert.equal(commands[1], commands[0]);
    assert.notEqual(commands[2], commands[0]);
    assert.deepEqual(
      lines.map(({ replay }) => replay),
      [undefined, true, undefined],
    );
  });

  it('says what came from the cache', async () => {
    const lines = await audited('', async (bank) => {
      for (let call = 0; call < 2; call += 1) await bank.call('/v1/cached/4711');
    });
    assert.deepEqual(
      lines.map(({ cache }) => cache),
      ['miss', 'hit'],
    );
  });

  it('tells of writes alone, and of nobody, if it is asked to', async () => {
    const lines = await audited('operations: writes, subject: off', async (bank) => {
      await bank.call('/v1/accounts/4711');
      await bank.post('/v1/transfers', transfer);
    });
    assert.deepEqual(lines.map(short), [['transfer', 'succeeded', 201, undefined]]);
    assert.equal(lines[0]?.['subject'], undefined);
  });

  it('holds a payload only if it is asked to, and never what is secret in it', async () => {
    const body = {
      from: IBAN,
      amount: '4111111111111.00',
      currency: 'EUR',
      options: { note: `card ${CARD}` },
    };
    const send = async (bank: Bank): Promise<void> => {
      await bank.post('/v1/transfers', body);
      await bank.post('/v1/secret-transfers', { ...body, from: '4711', options: { note: 'hush' } });
    };
    const without = await audited('', send);
    assert.ok(without.every((entry) => entry['input'] === undefined));
    const lines = await audited('payload: true', send);
    const known = { from: '[masked]', amount: '4111111111111.00', currency: 'EUR', customerId: 'anna' };
    assert.deepEqual(
      lines.map(({ input }) => input),
      [
        { ...known, options: { channel: 'WEB', note: 'card [masked]' } },
        { ...known, options: { note: '[masked]' } },
      ],
    );
  });
});
