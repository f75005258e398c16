import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Webhook as Judge } from 'standardwebhooks';
import { startBank, type Bank } from '../../bank.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const transfer = { from: '4711', amount: '10.005', currency: 'EUR' };
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;

describe('deliveries to webhooks', () => {
  let receiver: Receiver;
  let bank: Bank;
  const start = async (more = ''): Promise<void> => {
    bank = await startBank({
      yaml: `events: { webhooks: { office: { url: "${receiver.url}", events: ["transfer.*"], secrets: ["\${SECRET}"], allowedNetworks: [127.0.0.1]${more} } } }`,
      env: { SECRET },
    });
  };
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await bank.close();
    await receiver.close();
  });

  it('bring each event that fits, signed, once it is written down', async () => {
    await start();
    assert.equal((await bank.post('/v1/transfers', transfer)).status, 201);
    await receiver.count(1);
    const { headers, body } = receiver.calls[0]!;
    const event = new Judge(SECRET).verify(body, headers as Record<string, string>) as Record<
      string,
      unknown
    >;
    assert.deepEqual([event['type'], event['data']], ['transfer.completed', { transferId: 't-1' }]);
  });

  it('are made again, with the same id and a signature of their own time, until they are taken', async () => {
    receiver.answer = (call) => (call < 3 ? 500 : 204);
    await start(', retrySeconds: [1, 1, 1]');
    await bank.post('/v1/transfers', transfer);
    await receiver.count(3);
    assert.equal(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.equal(new Set(receiver.calls.map(({ body }) => body)).size, 1);
    for (const { headers, body } of receiver.calls)
      new Judge(SECRET).verify(body, headers as Record<string, string>);
  });

  it('show in the log that they fail, and nothing secret', async () => {
    receiver.answer = () => 410;
    await start();
    const { promise: logged, resolve } = Promise.withResolvers<undefined>();
    const { push } = bank.log;
    bank.log.push = (...lines) => {
      if (lines.some((line) => line.includes('is dead'))) resolve(undefined);
      return push.apply(bank.log, lines);
    };
    await bank.post('/v1/transfers', transfer);
    await logged;
    const all = bank.log.join('\n');
    assert.match(all, /"webhook":"office".*410/);
    assert.doesNotMatch(all, /hunter2/);
    assert.ok(!all.includes(SECRET) && !all.includes(SECRET.slice(6)));
  });

  it('are refused at the start if a secret is none', async () => {
    await start();
    const wrong = startBank({
      yaml: `events: { webhooks: { office: { url: "${receiver.url}", events: ["#"], secrets: ["\${SECRET}"], allowedNetworks: [127.0.0.1] } } }`,
      env: { SECRET: 'hunter2' },
    });
    await assert.rejects(wrong, (error: Error) => {
      assert.match(error.message, /events\.webhooks\.office\.secrets\.0: is no secret of a webhook/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });
});
