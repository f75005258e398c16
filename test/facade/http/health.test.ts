import assert from 'node:assert/strict';
import type { ShownEndpoint } from '../../../facade/http/pages/readiness.ts';
import { formatConfigProblem, parseConfig } from '../../../facade/index.ts';
import { standardAnswer, startBank, type Bank } from '../bank.ts';
import { parseExposition } from '../metrics/exposition.ts';

interface Ready {
  readonly status: string;
  readonly services: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, readonly ShownEndpoint[]>>;
}

async function bankWith(health: string, work: (bank: Bank) => Promise<void>): Promise<void> {
  const bank = await startBank({
    yaml: 'metrics: { port: 0 }',
    policies: [
      `health: { ${health}, intervalSeconds: 1, timeoutSeconds: 1, failures: 1 }`,
      'timeoutSeconds: 1',
      'circuitBreaker: { minimumCalls: 1, probeSeconds: 3600 }',
    ],
  });
  try {
    await work(bank);
  } finally {
    await bank.close();
  }
}

async function stateOf(bank: Bank): Promise<ShownEndpoint> {
  const ready = (await (await bank.call('/readyz')).json()) as Ready;
  return ready.endpoints['bank']![0]!;
}

async function until(bank: Bank, isSo: (state: ShownEndpoint) => boolean): Promise<ShownEndpoint> {
  for (;;) {
    const state = await stateOf(bank);
    if (isSo(state)) return state;
  }
}

describe('A service that is probed', () => {
  for (const probe of [
    'probe: http, path: /health',
    'probe: operation, operation: Notify, input: { text: ping }',
  ])
    it(`is left alone while it is down, and called again within one interval once it is back (${probe})`, () =>
      bankWith(probe, async (bank) => {
        await until(bank, ({ health }) => health === 'up');
        bank.answer = (_call, response) => void response.destroy();
        const down = await until(bank, ({ health }) => health === 'down');
        assert.equal(down.circuit, 'open');
        assert.equal((await bank.call('/v1/accounts/4711')).status, 503);
        const ofAccounts = bank.calls.filter(({ action }) => action.includes('GetAccount'));
        assert.equal(ofAccounts.length, 0, 'no call had to find out');
        bank.answer = standardAnswer;
        const backAt = performance.now();
        await until(bank, ({ circuit }) => circuit === 'closed');
        const ms = performance.now() - backAt;
        assert.ok(ms < 2000, `${ms} ms, with a probe each second`);
        assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
      }));

  it('and takes connections, but answers no call, is not taken for one that works', () =>
    bankWith('probe: tcp', async (bank) => {
      await until(bank, ({ health }) => health === 'up');
      bank.answer = (_call, response) => void response.destroy();
      await bank.call('/v1/accounts/4711');
      const { metricsPort } = await bank.facade.listen(0, '127.0.0.1');
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      const labels = `{service="bank",endpoint="${bank.coreUrl}"}`;
      assert.equal(parseExposition(text).get(`portico_upstream_healthy${labels}`), 1);
      assert.deepEqual((await stateOf(bank)).circuit, 'open');
    }));

  it('answers no client with what its probes got, and is asked without credentials of any', () =>
    bankWith('probe: operation, operation: Notify, input: { text: ping }', async (bank) => {
      await until(bank, ({ health }) => health === 'up');
      const [probe] = bank.calls;
      assert.match(probe?.envelope ?? '', /Text>ping</);
      assert.equal(probe?.headers.authorization, undefined);
    }));

  it('has to be probed by an operation that there is, with an input that fits', async () => {
    await assert.rejects(
      bankWith('probe: operation, operation: Ping', () => Promise.resolve()),
      /services\.bank\.health\.operation: .*Ping/,
    );
    await assert.rejects(
      bankWith('probe: operation, operation: Notify', () => Promise.resolve()),
      /services\.bank\.health\.input: does not fit Notify: \/text /,
    );
  });

  it('is probed in one way, with what that needs', () => {
    const problems = (health: string): string[] =>
      parseConfig(
        'p.yaml',
        `auth: { development: true }\nservices:\n  a: { wsdl: x, health: { ${health} } }\n`,
        {},
      ).problems.map(formatConfigProblem);
    assert.deepEqual(problems('probe: tcp'), []);
    assert.match(problems('probe: operation').join(), /p\.yaml:3:17 .*"operation" does not say which/);
    assert.match(problems('probe: tcp, path: /x').join(), /health\.path: has no effect with the probe "tcp"/);
    assert.match(problems('probe: udp').join(), /must be one of tcp, http, operation/);
    assert.match(problems('intervalSeconds: 1').join(), /"probe" is missing/);
  });
});
