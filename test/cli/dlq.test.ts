import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInput, UsageError } from '../../cli/command.ts';
import { dlqCommand } from '../../cli/dlq.ts';
import { createAmqpMessageBus, deadQueueOf, type Delivery, type MessageBus } from '../../connectors/index.ts';
import { openDeadLetters } from '../../facade/bus/dead-letters.ts';
import { busTopologyOf } from '../../facade/bus/bus-topology-of.ts';
import { configOf } from '../facade/bank.ts';
import { bankWsdl } from '../facade/bank-wsdl.ts';
import { startRabbitMq, type RabbitMq } from '../services/rabbitmq.ts';
import { skipBecause } from '../services/skip-because.ts';
import { portico, type Outcome } from './program.ts';

const IBAN = 'DE89370400440532013000';

describe('portico dlq', function () {
  this.timeout(60_000);
  let broker: RabbitMq;
  let bus: MessageBus;
  let folder: string;
  let file: string;
  let queue: string;

  before(async function () {
    this.timeout(90_000);
    const started = await startRabbitMq();
    if (typeof started === 'string') return skipBecause(this, started);
    broker = started;
  });
  after(() => (broker as RabbitMq | undefined)?.stop());

  beforeEach(() => {
    queue = `commands.${randomUUID().slice(0, 8)}`;
    folder = mkdtempSync(join(tmpdir(), 'portico-dlq-'));
    file = join(folder, 'portico.yaml');
    const yaml = yamlOf(broker.url);
    writeFileSync(file, yaml);
    writeFileSync(join(folder, 'bank.wsdl'), bankWsdl);
    bus = createAmqpMessageBus({ urls: [broker.url], topology: busTopologyOf(configOf(yaml)) });
  });
  afterEach(async () => {
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  function yamlOf(url: string): string {
    return `auth: { development: true }
bus: { url: "${url}", consumers: [ { queue: ${queue}, operations: [transfer, notify], retrySeconds: [1] } ] }
services:
  bank:
    wsdl: bank.wsdl
    routes:
      - { operation: Transfer, method: POST, path: /v1/transfers, sensitive: [from] }
      - { operation: Notify, method: POST, path: /v1/notices }
`;
  }

  async function giveUp(
    id: string,
    body: string | Buffer,
    contentType = 'application/json',
    type = 'transfer',
  ): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const before = await bus.count(deadQueueOf(queue), Date.now() + 10_000);
    const consumer = await bus.consume(queue, { prefetch: 1 }, () => {
      resolve(undefined);
      return { kind: 'dead', reason: `outcome-unknown: it may have been done, ${IBAN}` };
    });
    const headers = { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.', note: 'mine' };
    const properties = { messageId: id, type, contentType, correlationId: 'c-1', headers };
    const deadline = Date.now() + 10_000;
    await bus.publish({ exchange: '', routingKey: queue, properties, body: Buffer.from(body), deadline });
    await promise;
    await consumer.close();
    while ((await bus.count(deadQueueOf(queue), deadline)) === before);
  }

  /** Without a process of its own, which takes longer than all that it does. */
  const dlq = (...args: string[]): Promise<Outcome> => runHere([...args, '--config', file]);
  const count = (name: string): Promise<number> => bus.count(name, Date.now() + 10_000);

  it('lists what was given up, with its reason, and shows it with nothing in it that nobody should read', async () => {
    await giveUp('m-1', JSON.stringify({ from: 'very-secret', amount: '1.00', note: `to ${IBAN}` }));
    const { stdout, code } = await portico(['dlq', 'list', '--config', file]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^m-1\t\d{4}-\d\d-\d\dT[^\t]+\t1\ttransfer\toutcome-unknown: it may have been done, \[masked\]\n$/,
    );
    const shown = await dlq('show', 'm-1');
    assert.match(shown.stdout, /reason: outcome-unknown/);
    assert.match(shown.stdout, /header authorization: \[masked\]/);
    assert.match(shown.stdout, /"amount": "1\.00"/);
    assert.doesNotMatch(shown.stdout, /very-secret|eyJ|DE89/);
    const raw = await dlq('show', 'm-1', '--raw');
    assert.match(raw.stdout, /very-secret/);
    assert.doesNotMatch(raw.stdout, /eyJ/);
    assert.equal(await count(deadQueueOf(queue)), 1);
  });

  it('shows XML without numbers, however they are spelt, and none of it where members are sensitive', async () => {
    const xml = `<Notify xmlns="urn:bank"><Text>DE89 3704<!-- --> 0044 <![CDATA[0532]]> 0130&#48;0</Text></Notify>`;
    await giveUp('m-2', xml, 'text/xml', 'notify');
    const shown = await dlq('show', 'm-2');
    assert.match(shown.stdout, /<Text>\[masked\]<\/Text>/);
    assert.doesNotMatch(shown.stdout, /3704|0532/);
    const wide = `<?xml version="1.0" encoding="UTF-16"?><Notify><Text>${IBAN}\u001b]0;x\u0007</Text></Notify>`;
    await giveUp('m-4', Buffer.from(`\uFEFF${wide}`, 'utf16le'), 'text/xml', 'notify');
    const other = await dlq('show', 'm-4');
    assert.match(other.stdout, /<Text>\[masked\] \]0;x <\/Text>/);
    await giveUp('m-5', Buffer.from(wide, 'utf16le'), 'text/xml', 'notify');
    assert.match((await dlq('show', 'm-5')).stdout, /\n\n\[not shown: it is not text/);
    await giveUp('m-3', '<Transfer xmlns="urn:bank"><From>very-secret</From></Transfer>', 'text/xml');
    assert.doesNotMatch((await dlq('show', 'm-3')).stdout, /very-secret/);
  });

  it('replays one as it was sent, with its id, and leaves the others', async () => {
    await giveUp('m-1', '{"a":1}');
    await giveUp('m-2', '{"a":2}');
    const { stdout, code } = await dlq('replay', 'm-2');
    assert.deepEqual([stdout, code], ['1 sent again\n', 0]);
    assert.equal(await count(deadQueueOf(queue)), 1);
    const { promise, resolve } = Promise.withResolvers<Delivery>();
    const consumer = await bus.consume(queue, { prefetch: 1 }, (delivery) => {
      resolve(delivery);
      return { kind: 'ack' };
    });
    const { properties, body, attempt, death } = await promise;
    await consumer.close();
    assert.equal(Buffer.from(body).toString(), '{"a":2}');
    assert.deepEqual(
      [properties.messageId, properties.correlationId, properties.type],
      ['m-2', 'c-1', 'transfer'],
    );
    assert.equal(properties.headers?.['note'], 'mine');
    assert.equal(attempt, 1);
    assert.equal(death, undefined);
  });

  it('replays and drops all, as many as are asked for', async () => {
    for (const id of ['m-1', 'm-2', 'm-3']) await giveUp(id, '{}');
    assert.equal((await dlq('drop', '--all', '--limit', '1')).stdout, '1 dropped\n');
    assert.equal((await dlq('replay', '--all')).stdout, '2 sent again\n');
    assert.equal(await count(deadQueueOf(queue)), 0);
    assert.equal(await count(queue), 2);
    assert.match((await dlq('list')).stderr, /nothing in it/);
  });

  it('loses nothing if it ends between the confirmation and the removal', async () => {
    await giveUp('m-1', '{}');
    const config = configOf(yamlOf(broker.url));
    const dying: MessageBus = {
      publish: (publication) => bus.publish(publication),
      consume: (...args) => bus.consume(...args),
      count: (...args) => bus.count(...args),
      sift: (name, options, visit) =>
        bus.sift(name, options, async (delivery) => {
          await visit(delivery);
          throw new Error('killed');
        }),
      state: () => bus.state(),
      opened: (deadline) => bus.opened(deadline),
      close: async () => undefined,
    };
    const letters = await openDeadLetters({ config, configDir: folder, queue, bus: dying });
    await assert.rejects(letters.replay({ most: 10 }), /killed/);
    assert.equal(await count(queue), 1);
    assert.equal(await count(deadQueueOf(queue)), 1);
  });

  it('says what is missing: an id, something to do, a queue, a broker', async () => {
    const gone = await dlq('drop', 'm-9');
    assert.deepEqual([gone.code, gone.stderr], [1, 'not there: m-9\n']);
    for (const args of [
      ['drop'],
      ['replay'],
      ['show'],
      ['forget'],
      ['list', 'm-1'],
      ['list', '--queue', 'other'],
    ])
      assert.equal((await dlq(...args)).code, 2, args.join(' '));
    writeFileSync(file, yamlOf('amqp://guest:very-secret@127.0.0.1:9'));
    const away = await dlq('list');
    assert.equal(away.code, 1);
    assert.match(away.stderr, /127\.0\.0\.1:9/);
    assert.doesNotMatch(away.stderr, /very-secret|\n {4}at /);
    writeFileSync(file, yamlOf(broker.url).replace(/url: "[^"]*", /, ''));
    const inside = await dlq('list');
    assert.equal(inside.code, 1);
    assert.match(inside.stderr, /has no url/);
  });
});

async function runHere(args: readonly string[]): Promise<Outcome> {
  const lines = { stdout: '', stderr: '' };
  const { log, error } = console;
  console.log = (line: string): void => void (lines.stdout += `${line}\n`);
  console.error = (line: string): void => void (lines.stderr += `${line}\n`);
  try {
    const input = parseInput(dlqCommand, args);
    const code = input === 'help' ? 0 : await dlqCommand.run(input);
    return { code, ...lines };
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    return { code: failure instanceof UsageError ? 2 : 1, ...lines, stderr: failure.message };
  } finally {
    Object.assign(console, { log, error });
  }
}
