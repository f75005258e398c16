import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Webhook as Judge } from 'standardwebhooks';
import type { WebhookConfig } from '../../../../facade/config/events-config.ts';
import type { Delivered, Delivery } from '../../../../facade/commands/inbox-store.ts';
import { parseWebhookSecret } from '../../../../facade/events/webhooks/signature.ts';
import { createWebhook, type WebhookOptions } from '../../../../facade/events/webhooks/webhook.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const secretOf = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const delivery: Delivery = {
  number: 1,
  target: 'office',
  uid: 'msg-1',
  event: 'paid',
  body: Buffer.from('{"specversion":"1.0","data":{"é":"10.005"}}'),
  attempts: 0,
};

describe('a webhook', () => {
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());
  beforeEach(() => {
    receiver.calls.length = 0;
    receiver.answer = () => 204;
  });

  const call = async (
    config: Partial<WebhookConfig> = {},
    more: Partial<WebhookOptions> = {},
    of: Delivery = delivery,
  ): Promise<Delivered> => {
    const webhook = createWebhook({
      name: 'office',
      keys: [parseWebhookSecret(secretOf())!],
      random: () => 1,
      config: {
        url: receiver.url,
        events: ['#'],
        secrets: [],
        allowedNetworks: ['127.0.0.0/8'],
        timeoutSeconds: 5,
        retrySeconds: [10, 100],
        concurrent: 1,
        ...config,
      },
      ...more,
    });
    try {
      return await webhook.send(of, new AbortController().signal);
    } finally {
      await webhook.close();
    }
  };

  it('is called with what the Standard Webhooks library takes for good, by either of two secrets', async () => {
    const secrets = [secretOf(), secretOf()];
    const keys = secrets.map((secret) => parseWebhookSecret(secret)!);
    assert.deepEqual(await call({}, { keys }), { kind: 'delivered' });
    const { headers, body } = receiver.calls[0]!;
    for (const secret of secrets)
      assert.deepEqual(new Judge(secret).verify(body, headers as Record<string, string>), JSON.parse(body));
    assert.equal(body, Buffer.from(delivery.body).toString());
    assert.equal(headers['webhook-id'], 'msg-1');
    assert.equal(headers['content-type'], 'application/cloudevents+json');
    assert.throws(() => new Judge(secretOf()).verify(body, headers as Record<string, string>));
    assert.throws(() => new Judge(secrets[0]!).verify(`${body} `, headers as Record<string, string>));
  });

  it('is tried again after ever longer waits, until it is dead', async () => {
    receiver.answer = () => 500;
    const outcomes = [0, 1, 2].map((attempts) => call({}, {}, { ...delivery, attempts }));
    assert.deepEqual(await Promise.all(outcomes), [
      { kind: 'again', delayMs: 11_000, reason: 'status 500' },
      { kind: 'again', delayMs: 110_000, reason: 'status 500' },
      { kind: 'dead', reason: 'status 500' },
    ]);
  });

  it('may ask for more time, and for an end', async () => {
    receiver.answer = () => ({ status: 503, headers: { 'Retry-After': '3600' } });
    assert.deepEqual(await call(), { kind: 'again', delayMs: 3_600_000, reason: 'status 503' });
    receiver.answer = () => 410;
    assert.equal((await call()).kind, 'dead');
  });

  it('leads nowhere else: a redirect is a failure', async () => {
    receiver.answer = () => ({ status: 302, headers: { Location: receiver.url } });
    assert.deepEqual(await call(), { kind: 'again', delayMs: 11_000, reason: 'status 302' });
    assert.equal(receiver.calls.length, 1);
  });

  it('has so long to answer, and what it says is not read for ever', async () => {
    receiver.answer = () => 'nothing';
    const late = await call({ timeoutSeconds: 1 });
    assert.deepEqual(late, { kind: 'again', delayMs: 11_000, reason: 'no answer in time' });
  });

  it('is not called where it must not be, by whatever spelling or name', async () => {
    const { port } = new URL(receiver.url);
    const refused = { kind: 'again', delayMs: 11_000 };
    for (const host of [
      '127.0.0.1',
      'localhost',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
    ]) {
      const outcome = await call({ url: `http://${host}:${port}/`, allowedNetworks: [] });
      assert.deepEqual(
        outcome,
        { ...refused, reason: 'its address is not public, and not within allowedNetworks' },
        host,
      );
    }
    const plain = await call({ url: 'http://8.8.8.8/', allowedNetworks: [] });
    assert.deepEqual(plain, { ...refused, reason: 'plain HTTP is for allowedNetworks alone' });
    assert.equal(receiver.calls.length, 0);
  });

  it('is called at the address that was looked at: a name that then changes leads nowhere else', async () => {
    const { port } = new URL(receiver.url);
    const asked: string[] = [];
    const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]];
    const resolveAll: NonNullable<WebhookOptions['resolveAll']> = (host, callback) => {
      asked.push(host);
      callback(null, answers[asked.length - 1]!);
    };
    assert.equal((await call({ url: `http://office.example:${port}/` }, { resolveAll })).kind, 'delivered');
    assert.deepEqual(asked, ['office.example'], 'once for a connection');
    const rebound = await call({ url: `http://office.example:${port}/` }, { resolveAll });
    assert.equal(
      rebound.kind === 'again' && rebound.reason,
      'its address is not public, and not within allowedNetworks',
    );
  });

  it('is not called at all if one of its addresses must not be', async () => {
    const { port } = new URL(receiver.url);
    const resolveAll: NonNullable<WebhookOptions['resolveAll']> = (_host, callback) => {
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
    };
    const outcome = await call({ url: `http://office.example:${port}/` }, { resolveAll });
    assert.equal(outcome.kind, 'again');
    assert.equal(receiver.calls.length, 0);
  });

  it('shows nothing secret of itself when it fails', async () => {
    receiver.answer = () => 500;
    for (const url of [receiver.url, 'http://127.0.0.1:1/hook?key=hunter2']) {
      const outcome = await call({ url });
      assert.doesNotMatch(JSON.stringify(outcome), /hunter2/);
    }
  });
});

describe('a secret of a webhook', () => {
  it('is whsec_ and base64 of 24 to 64 bytes', () => {
    for (const bytes of [24, 32, 64])
      assert.equal(parseWebhookSecret(`whsec_${randomBytes(bytes).toString('base64')}`)?.length, bytes);
    for (const text of [
      '',
      'whsec_',
      'secret',
      `whsec_${randomBytes(23).toString('base64')}`,
      `whsec_${randomBytes(65).toString('base64')}`,
      `whsec_${'!'.repeat(32)}`,
    ])
      assert.equal(parseWebhookSecret(text), undefined, text);
  });
});
