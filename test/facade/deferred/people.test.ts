import assert from 'node:assert/strict';
import { openOperationsDesk, type OperationsDesk } from '../../../facade/index.ts';
import { configOf, standardAnswer, startBank, type Bank } from '../bank.ts';

const COMMANDS = 'commands: { deferred: { pollMilliseconds: 10, encryptionKey: "${KEY}" } }';
const env = { KEY: 'a key of thirty-two characters or more' };
const transfer = { from: '4711', amount: '1.00', currency: 'EUR' };

interface Status {
  readonly status: string;
  readonly answerStatus?: number;
  readonly result?: unknown;
  readonly problem?: { readonly code: string };
}

describe('an operation whose outcome nobody knows', () => {
  let bank: Bank;
  let desk: OperationsDesk;
  before(async () => {
    bank = await startBank({
      yaml: COMMANDS,
      env,
      routes: [
        '{ operation: Transfer, method: POST, path: /v1/later, operationId: later, status: 201, mode: async, input: { customerId: token.sub } }',
      ],
    });
    const config = configOf(`${COMMANDS}\nservices: { bank: { wsdl: bank.wsdl } }`, env);
    desk = await openOperationsDesk(config, bank.folder);
  });
  after(async () => {
    await desk.close();
    await bank.close();
  });

  const statusOf = async (location: string): Promise<Status> =>
    (await (await bank.call(location)).json()) as Status;
  const until = async (location: string, wanted: string): Promise<Status> => {
    for (;;) {
      const status = await statusOf(location);
      if (status.status === wanted) return status;
    }
  };
  /** @returns its id */
  const park = async (key: string): Promise<string> => {
    bank.answer = (_call, response) => void response.destroy();
    const response = await bank.post('/v1/later', transfer, { 'Idempotency-Key': key });
    const location = response.headers.get('location')!;
    await until(location, 'unknown');
    bank.answer = standardAnswer;
    return location.slice('/v1/operations/'.length);
  };

  it('is listed, with what was to be done', async () => {
    const id = await park('a');
    const [listed] = await desk.list(['unknown'], 10);
    assert.deepEqual([listed?.id, listed?.reason], [id, 'upstream-cut-off']);
    assert.deepEqual(await desk.inputOf(id), { ...transfer, customerId: 'anna' });
  });

  it('has succeeded if a person says so, with the result, for whoever repeats it too', async () => {
    const id = await park('b');
    assert.equal(await desk.succeeded(id, { transferId: 't-9' }), true);
    assert.equal(await desk.failed(id), false);
    const { status, result } = await statusOf(`/v1/operations/${id}`);
    assert.deepEqual([status, result], ['succeeded', { transferId: 't-9' }]);
    assert.equal(await desk.inputOf(id), undefined);
  });

  it('has failed if a person says so', async () => {
    const id = await park('c');
    await desk.failed(id);
    const { status, problem } = await statusOf(`/v1/operations/${id}`);
    assert.deepEqual([status, problem?.code], ['failed', 'operation-not-carried-out']);
  });

  it('is carried out if a person has found that it was not', async () => {
    const id = await park('d');
    const before = bank.calls.length;
    await desk.retry(id);
    assert.equal((await until(`/v1/operations/${id}`, 'succeeded')).answerStatus, 201);
    assert.equal(bank.calls.length, before + 1);
  });
});
