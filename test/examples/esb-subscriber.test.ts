import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { toIban } from '../../examples/bank/iban.ts';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { createMockBank } from '../../examples/bank/mock-bank-server.ts';
import { createDevelopmentToken, createFacade } from '../../index.ts';
import { bankConfig } from '../commands/bank-config.ts';
import { startRabbitMq } from '../services/rabbitmq.ts';
import { skipBecause } from '../services/skip-because.ts';

function run(name: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const program = fileURLToPath(new URL(`../../examples/esb-subscriber/${name}`, import.meta.url));
  return spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('the example of an ESB subscriber', function () {
  this.timeout(180_000);

  it('orders a transfer over the bus, prints the reply, and hears that it is completed', async function () {
    const broker = await startRabbitMq();
    if (typeof broker === 'string') return skipBecause(this, broker);
    const folder = mkdtempSync(join(tmpdir(), 'portico-esb-'));
    const mock = await createMockBank({ state: createInitialState() });
    const config = await bankConfig({
      coreUrl: mock.url,
      store: join(folder, 'commands.sqlite'),
      afterSeconds: 10,
      leaseSeconds: 15,
      busUrl: broker.url,
    });
    const facade = await createFacade({ config, configDir: folder });
    const subscriber = run('hear-transfers.ts', [], { BUS_URL: broker.url });
    try {
      const lines = createInterface(subscriber.stdout!)[Symbol.asyncIterator]();
      assert.equal((await lines.next()).value, 'listening');
      const token = await createDevelopmentToken({
        configDir: folder,
        subject: 'anna',
        scopes: ['transfers:write'],
      });
      const sender = run('send-transfer.ts', [toIban('20010001')], { BUS_URL: broker.url, TOKEN: token });
      const printed = await text(sender.stdout!);
      const [, id = ''] = /^201 \{.*"transferId":"([^"]+)"/.exec(printed) ?? [];
      assert.notEqual(id, '', printed);
      const { value: heard } = await lines.next();
      assert.match(String(heard), /^event [0-9a-f-]{36}: transfer /);
      assert.ok(String(heard).endsWith(id));
    } finally {
      const ended = once(subscriber, 'exit');
      subscriber.kill('SIGTERM');
      await ended;
      await facade.close();
      await mock.close();
      await broker.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
