import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountAnswer, insufficientFunds, transferAnswer, undeclaredFault } from '../bank-wsdl.ts';
import { problemOf, standardAnswer, startBank, type Bank } from '../bank.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };

describe('answers of the service', () => {
  let bank: Bank;
  before(async () => {
    bank = await startBank();
  });
  after(() => bank.close());
  beforeEach(() => {
    bank.answer = standardAnswer;
    bank.calls.length = 0;
    bank.log.length = 0;
  });

  it('come through as JSON, digit by digit', async () => {
    const response = await bank.call('/v1/accounts/4711');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(await response.text(), '{"accountId":"4711","balance":"33.00"}');
  });

  it('are 202 without a body for a one-way operation', async () => {
    const response = await bank.call('/v1/notices?text=hello', { method: 'POST' });
    assert.equal(response.status, 202);
    assert.equal(await response.text(), '');
    assert.match(bank.calls[0]?.envelope ?? '', /Text>hello</);
  });

  it('are no success where a one-way message is refused by a SOAP Fault, or by a status alone', async () => {
    for (const [status, body, code] of [
      [500, undeclaredFault('Client', 'Not your transfer'), 'soap-client-fault'],
      [400, undeclaredFault('Server', 'down'), 'soap-server-fault'],
      [500, transferAnswer, 'invalid-upstream-response'],
      [200, undeclaredFault('Client', 'of no meaning under a success'), undefined],
    ] as const) {
      bank.answer = () => ({ status, body });
      const response = await bank.call('/v1/notices?text=hello', { method: 'POST' });
      if (code === undefined) assert.equal(response.status, 202);
      else assert.equal((await problemOf(response)).code, code);
    }
  });

  for (const status of [200, 400, 500]) {
    it(`become the route's problem with typed detail for a declared fault under HTTP ${status}`, async () => {
      bank.answer = () => ({ status, body: insufficientFunds });
      const problem = await problemOf(await bank.post('/v1/transfers', transfer));
      assert.equal(problem.status, 422);
      assert.equal(problem.code, 'insufficient-funds');
      assert.equal(problem.type, 'https://portico.dev/problems/declared-fault');
      assert.equal(problem.detail, 'Not enough money');
      assert.deepEqual(problem.fault, { available: '1.50' });
      assert.equal(problem.outcome, undefined);
    });
  }

  it("tell a Sender fault's reason, and keep that of a failure inside", async () => {
    bank.answer = () => ({ status: 500, body: undeclaredFault('Client', 'Account is not yours') });
    const sender = await problemOf(await bank.post('/v1/transfers', transfer));
    assert.deepEqual(
      [sender.status, sender.code, sender.detail],
      [422, 'soap-client-fault', 'Account is not yours'],
    );
    bank.answer = () => ({ status: 500, body: undeclaredFault('Server', 'ORA-01017 for scott/tiger') });
    const receiver = await problemOf(await bank.post('/v1/transfers', transfer));
    assert.deepEqual([receiver.status, receiver.code], [502, 'soap-server-fault']);
    assert.doesNotMatch(JSON.stringify(receiver), /tiger/);
  });

  it('have a line in the log for the reason of an undeclared fault, masked and short, and none for a declared one', async () => {
    const lineOf = async (body: string): Promise<Record<string, unknown> | undefined> => {
      bank.log.length = 0;
      bank.answer = () => ({ status: 500, body });
      const { requestId } = await problemOf(await bank.post('/v1/transfers', transfer));
      const lines = bank.log.map((line) => JSON.parse(line) as Record<string, unknown>);
      const [line, ...others] = lines.filter(({ faultcode }) => faultcode !== undefined);
      assert.deepEqual(others, []);
      if (line !== undefined) assert.equal(line['requestId'], requestId);
      return line;
    };
    const refused = await lineOf(undeclaredFault('Client', 'Account is not yours'));
    assert.deepEqual(
      [refused?.['level'], refused?.['faultcode'], refused?.['reason']],
      [30, 'Client', 'Account is not yours'],
    );
    const reason = `ORA-01017 for card 4111 1111 1111 1111\n${'x y '.repeat(5000)}`;
    const detail = '<detail><Trace>at hunter2.Core</Trace></detail>';
    const failed = await lineOf(
      undeclaredFault('Server', reason).replace('</s:Fault>', `${detail}</s:Fault>`),
    );
    assert.deepEqual([failed?.['level'], failed?.['service'], failed?.['faultcode']], [50, 'bank', 'Server']);
    assert.match(String(failed?.['reason']), /^ORA-01017 for card \[masked\] x y x/);
    assert.ok(String(failed?.['reason']).length <= 301);
    assert.doesNotMatch(bank.log.join(), /hunter2/);
    assert.equal(await lineOf(insufficientFunds), undefined);
  });

  it('are 502 where they are no SOAP', async () => {
    for (const [status, type, body] of [
      [200, 'text/html', '<html><body>Maintenance, call Erica</body></html>'],
      [500, 'text/html', '<html><h1>Error</h1><br></html>'],
      [200, 'text/xml', '<html/>'],
      [200, 'text/xml', ''],
      [404, 'text/plain', 'not here'],
      [200, 'application/json', '{}'],
    ] as const) {
      bank.answer = () => ({ status, type, body });
      const problem = await problemOf(await bank.call('/v1/accounts/4711'));
      assert.equal(problem.status, 502, body);
      assert.doesNotMatch(JSON.stringify(problem), /Erica|Maintenance/);
      assert.equal(problem.outcome, undefined, 'a read has no outcome');
    }
  });

  it('are 502 with the path where they break the contract, never half', async () => {
    bank.answer = () => ({ body: accountAnswer.replace(/<Balance>.*<\/Balance>/, '') });
    const problem = await problemOf(await bank.call('/v1/accounts/4711'));
    assert.deepEqual([problem.status, problem.code], [502, 'invalid-upstream-response']);
    assert.match(problem.path ?? '', /GetAccountResponse/);
    bank.answer = () => ({ body: accountAnswer.replace('33.00', '33-hunter2') });
    assert.equal((await bank.call('/v1/accounts/4711')).status, 502);
    assert.doesNotMatch(bank.log.join(''), /hunter2/);
    assert.doesNotMatch(JSON.stringify({ ...problem, requestId: '' }), /4711/);
  });

  it('are not believed if a message comes with an error status', async () => {
    bank.answer = () => ({ status: 500, body: transferAnswer });
    const problem = await problemOf(await bank.post('/v1/transfers', transfer));
    assert.deepEqual([problem.status, problem.outcome], [502, 'unknown']);
  });

  it('are 502 if cut off; after a write the outcome is unknown, and nothing is sent twice', async () => {
    bank.answer = (_call, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '5000' });
      response.write(transferAnswer.slice(0, 80), () => response.destroy());
      return undefined;
    };
    const problem = await problemOf(await bank.post('/v1/transfers', transfer));
    assert.deepEqual([problem.status, problem.code, problem.outcome], [502, 'upstream-cut-off', 'unknown']);
    assert.match(problem.detail ?? '', /check the effect before you repeat/);
    assert.equal(bank.calls.length, 1);
  });

  it('do not get the token of the caller, but the request id and the trace', async () => {
    await bank.call('/v1/accounts/4711', {
      headers: {
        'X-Request-Id': 'abc-1',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        tracestate: 'a=1',
      },
    });
    const { headers } = bank.calls[0]!;
    assert.equal(headers.authorization, undefined);
    assert.equal(headers['x-request-id'], 'abc-1');
    const [line] = bank.log.map((text) => JSON.parse(text) as Record<string, unknown>);
    assert.notEqual(line?.['span_id'], 'b7ad6b7169203331');
    assert.equal(headers.traceparent, `00-0af7651916cd43dd8448eb211c80319c-${String(line?.['span_id'])}-01`);
    assert.equal(headers.tracestate, 'a=1');
    assert.equal(line?.['trace_id'], '0af7651916cd43dd8448eb211c80319c');
    assert.equal(line['parent_span_id'], 'b7ad6b7169203331');
  });

  it('are no longer waited for when the client of a read has gone', async () => {
    const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      response.once('close', () => {
        resolve(undefined);
      });
      arrive(undefined);
      return aborted;
    };
    const controller = new AbortController();
    const call = bank.call('/v1/accounts/4711', { signal: controller.signal });
    await arrived;
    controller.abort();
    await assert.rejects(call);
    await aborted;
  });

  it('are waited for when the client of a write has gone', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<undefined>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      arrive(undefined);
      await goOn;
      assert.equal(response.destroyed, false);
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(transferAnswer);
      return undefined;
    };
    const controller = new AbortController();
    const call = bank.call('/v1/transfers', {
      method: 'POST',
      body: JSON.stringify(transfer),
      headers: { 'Content-Type': 'application/json' },
      signal: controller.signal,
    });
    await arrived;
    controller.abort();
    await assert.rejects(call);
    resolve(undefined);
  });
});

describe('a service that is away or late', () => {
  it('gives 503 with Retry-After where no connection can be made', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const bank = await startBank({ endpoint: `http://127.0.0.1:${port}/bank` });
    try {
      const response = await bank.post('/v1/transfers', transfer);
      assert.ok(Number(response.headers.get('retry-after')) > 0);
      const problem = await problemOf(response);
      assert.deepEqual(
        [problem.status, problem.code, problem.outcome],
        [503, 'upstream-unreachable', undefined],
      );
    } finally {
      await bank.close();
    }
  });

  it('gives 504 where it does not answer in time, and an unknown outcome for a write', async () => {
    const bank = await startBank({ yaml: 'server: { requestTimeoutSeconds: 1 }' });
    try {
      bank.answer = () => undefined;
      const [read, write] = await Promise.all([
        bank.call('/v1/accounts/4711'),
        bank.post('/v1/transfers', transfer),
      ]);
      const problems = [await problemOf(read), await problemOf(write)];
      assert.deepEqual(
        problems.map(({ status, code, outcome }) => [status, code, outcome]),
        [
          [504, 'upstream-timeout', undefined],
          [504, 'upstream-timeout', 'unknown'],
        ],
      );
    } finally {
      await bank.close();
    }
  });
});
