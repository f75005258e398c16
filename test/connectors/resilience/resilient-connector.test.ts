import assert from 'node:assert/strict';
import type { Connector } from '../../../connectors/connector.ts';
import { createResilientConnector } from '../../../connectors/resilience/resilient-connector.ts';
import { chunks, failing, optionsFor, requestOf, scriptedConnector } from './scripted-connector.ts';

const safe = { isSafe: true };

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  );
}

describe('a resilient connector', () => {
  describe('repeats', () => {
    it('a safe operation whose connection was lost, until it succeeds', async () => {
      const core = scriptedConnector((call) => {
        if (core.calls.length < 3) call.fail('CUT_OFF');
        else call.answer();
      });
      const attempts: number[] = [];
      const observer = { onRepeat: (_service: string, attempt: number): void => void attempts.push(attempt) };
      const connector = createResilientConnector(optionsFor([core], { observer }));
      assert.equal((await connector.send(requestOf(safe))).status, 200);
      assert.deepEqual([core.calls.length, attempts], [3, [2, 3]]);
    });

    it('a write only if nothing of it has left', async () => {
      const core = scriptedConnector((call) => {
        if (core.calls.length < 3) call.fail('CONNECT_FAILED');
        else call.fail('CUT_OFF');
      });
      const connector = createResilientConnector(optionsFor([core], { retry: { most: 10, budget: 1 } }));
      assert.equal(await codeOf(connector.send(requestOf())), 'CUT_OFF');
      assert.equal(core.calls.length, 3, 'refused twice, then cut off and never sent again');
    });

    it('neither an answer that is no failure of the endpoint, nor what a deadline or the caller ended', async () => {
      for (const code of ['TIMEOUT', 'ABORTED', 'TOO_LARGE', 'UNAVAILABLE'] as const) {
        const core = scriptedConnector(failing(code));
        assert.equal(await codeOf(createResilientConnector(optionsFor([core])).send(requestOf(safe))), code);
        assert.equal(core.calls.length, 1, code);
      }
      for (const [status, times] of [
        [404, 1],
        [502, 3],
      ] as const) {
        const core = scriptedConnector(failing('NOT_SOAP', { status }));
        await codeOf(createResilientConnector(optionsFor([core])).send(requestOf(safe)));
        assert.equal(core.calls.length, times, String(status));
      }
    });

    it('nothing with a stream among its attachments', async () => {
      const core = scriptedConnector(failing('CONNECT_FAILED'));
      const attachments = [{ contentId: 'a', content: chunks() }];
      const connector = createResilientConnector(optionsFor([core]));
      await codeOf(connector.send(requestOf({ ...safe, attachments })));
      assert.equal(core.calls.length, 1);
    });

    it('never past the deadline', async () => {
      const core = scriptedConnector(failing('CUT_OFF'));
      const connector = createResilientConnector(optionsFor([core], { random: () => 0.999 }));
      await codeOf(connector.send(requestOf({ ...safe, deadline: Date.now() + 40 })));
      assert.equal(core.calls.length, 1);
    });

    it('not for a caller that has gone', async () => {
      const core = scriptedConnector(failing('CUT_OFF'));
      const connector = createResilientConnector(optionsFor([core]));
      const signal = AbortSignal.abort();
      assert.equal(await codeOf(connector.send(requestOf({ ...safe, signal }))), 'CUT_OFF');
      assert.equal(core.calls.length, 1);
    });

    it('within its budget, also when everything fails', async () => {
      const core = scriptedConnector(failing('CUT_OFF'));
      let spent = 0;
      const observer = { onBudgetSpent: (): void => void (spent += 1) };
      const connector = createResilientConnector(optionsFor([core], { observer }));
      const requests = 500;
      for (let request = 0; request < requests; request += 1) await codeOf(connector.send(requestOf(safe)));
      const amplification = core.calls.length / requests;
      assert.ok(amplification > 1.05 && amplification < 1.2, `${amplification}`);
      assert.ok(spent > 400);
    });
  });

  describe('with several endpoints', () => {
    it('goes to the next one when the first refuses the connection, also for a write', async () => {
      const [first, second] = [scriptedConnector(failing('CONNECT_FAILED')), scriptedConnector()];
      const connector = createResilientConnector(optionsFor([first, second]));
      assert.equal((await connector.send(requestOf())).status, 200);
      assert.deepEqual([first.calls.length, second.calls.length], [1, 1]);
    });

    it('never sends a write to the next one when its bytes may have left', async () => {
      const [first, second] = [scriptedConnector(failing('CUT_OFF')), scriptedConnector()];
      const connector = createResilientConnector(optionsFor([first, second]));
      assert.equal(await codeOf(connector.send(requestOf())), 'CUT_OFF');
      assert.equal(second.calls.length, 0);
    });

    it('takes a safe operation to the next one when the first says that it is unavailable', async () => {
      const busy = failing('UNAVAILABLE', { status: 503, retryAfter: 7 });
      const [first, second] = [scriptedConnector(busy), scriptedConnector()];
      const connector = createResilientConnector(optionsFor([first, second]));
      assert.equal(await codeOf(connector.send(requestOf(safe))), 'answered');
    });

    it('takes turns if told so, and leaves out those whose circuit is open', async () => {
      const [first, second] = [scriptedConnector(), scriptedConnector(failing('CONNECT_FAILED'))];
      const connector = createResilientConnector(
        optionsFor([first, second], {
          failover: 'round-robin',
          circuitBreaker: { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 3, probeMs: 60_000 },
        }),
      );
      for (let call = 0; call < 20; call += 1)
        assert.equal(await codeOf(connector.send(requestOf())), 'answered');
      assert.deepEqual([first.calls.length, second.calls.length], [20, 3]);
      assert.deepEqual(
        connector.endpoints?.().map(({ circuit }) => circuit),
        ['closed', 'open'],
      );
    });

    it('tries with a safe operation, not with a write, whether another one is back', async () => {
      let time = 0;
      const first = scriptedConnector(failing('CONNECT_FAILED'));
      const second = scriptedConnector();
      const connector = createResilientConnector(
        optionsFor([first, second], {
          now: () => time,
          circuitBreaker: { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 1, probeMs: 1000 },
        }),
      );
      await connector.send(requestOf());
      time += 1000;
      await connector.send(requestOf());
      assert.equal(first.calls.length, 1);
      first.script = (call): void => {
        call.answer();
      };
      await connector.send(requestOf(safe));
      assert.equal(first.calls.length, 2);
      assert.equal(connector.endpoints?.()[0]?.circuit, 'closed');
    });
  });

  describe('with an open circuit', () => {
    const circuitBreaker = { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 2, probeMs: 4200 };

    async function opened(connector: Connector): Promise<void> {
      for (let call = 0; call < 2; call += 1) await codeOf(connector.send(requestOf()));
    }

    it('refuses at once, sends nothing, and says when to come again', async () => {
      const core = scriptedConnector(failing('CUT_OFF'));
      const connector = createResilientConnector(optionsFor([core], { circuitBreaker, now: () => 0 }));
      await opened(connector);
      await assert.rejects(connector.send(requestOf(safe)), {
        code: 'CIRCUIT_OPEN',
        retryAfter: 5,
        mayHaveBeenSent: false,
      });
      assert.equal(core.calls.length, 2);
    });

    it('was not opened by clients in a hurry, nor by callers that gave up, nor by pages of status 404', async () => {
      for (const [code, details] of [
        ['TIMEOUT', {}],
        ['ABORTED', {}],
        ['NOT_SOAP', { status: 404 }],
      ] as const) {
        const core = scriptedConnector(failing(code, details));
        const connector = createResilientConnector(optionsFor([core], { circuitBreaker, now: () => 0 }));
        await opened(connector);
        assert.equal(connector.endpoints?.()[0]?.circuit, 'closed', code);
      }
    });

    it('was opened by timeouts after fair time, and by HTTP 503', async () => {
      for (const [code, details] of [
        ['TIMEOUT', {}],
        ['NOT_SOAP', { status: 500 }],
        ['UNAVAILABLE', { status: 503, retryAfter: 1 }],
      ] as const) {
        let time = 0;
        const core = scriptedConnector((call) => {
          time += 9000;
          call.fail(code, details);
        });
        const connector = createResilientConnector(
          optionsFor([core], { circuitBreaker: { ...circuitBreaker, windowMs: 60_000 }, now: () => time }),
        );
        await opened(connector);
        assert.equal(connector.endpoints?.()[0]?.circuit, 'open', code);
      }
    });

    it('was opened by answers that break off while they are read', async () => {
      const core = scriptedConnector((call) => {
        const error = scriptedConnector(failing('CUT_OFF')).send(requestOf());
        void error.catch((reason: unknown) => {
          call.answer({ status: 200, body: chunks(new Uint8Array(3), reason as Error) });
        });
      });
      const connector = createResilientConnector(optionsFor([core], { circuitBreaker, now: () => 0 }));
      for (let call = 0; call < 2; call += 1) {
        const { body } = await connector.send(requestOf());
        await assert.rejects(async () => {
          for await (const chunk of body) assert.equal(chunk.length, 3);
        });
      }
      assert.equal(connector.endpoints?.()[0]?.circuit, 'open');
    });
  });

  describe('with a full bulkhead', () => {
    const bulkhead = { running: 1, queued: 1 };
    const held = () => scriptedConnector(() => undefined);

    it('lets the next one wait, and refuses further ones', async () => {
      const core = held();
      const connector = createResilientConnector(optionsFor([core], { bulkhead }));
      const [first, second] = [connector.send(requestOf()), connector.send(requestOf())];
      await assert.rejects(connector.send(requestOf()), { code: 'TOO_BUSY', mayHaveBeenSent: false });
      assert.deepEqual(connector.endpoints?.()[0], {
        url: 'http://core-0/',
        circuit: 'closed',
        running: 1,
        queued: 1,
      });
      core.calls[0]?.answer();
      await first;
      await new Promise(setImmediate);
      core.calls[1]?.answer();
      assert.equal((await second).status, 200);
      assert.deepEqual(
        connector.endpoints().map(({ running }) => running),
        [0],
      );
    });

    const stateOf = (connector: Connector) => connector.endpoints?.()[0];

    it('keeps the place of an answer until it has been read', async () => {
      const core = scriptedConnector((call) => {
        call.answer({ status: 200, body: chunks(new Uint8Array(1)) });
      });
      const connector = createResilientConnector(optionsFor([core], { bulkhead }));
      const { body } = await connector.send(requestOf());
      const next = connector.send(requestOf());
      assert.equal(stateOf(connector)?.queued, 1);
      for await (const chunk of body) assert.equal(chunk.length, 1);
      await (await next).body[Symbol.asyncIterator]().return?.();
      assert.deepEqual([stateOf(connector)?.running, stateOf(connector)?.queued], [0, 0]);
    });

    it('ends the wait at the deadline, or when the caller gives up', async () => {
      const core = held();
      const connector = createResilientConnector(optionsFor([core], { bulkhead }));
      const running = connector.send(requestOf());
      const late = connector.send(requestOf({ deadline: Date.now() + 5 }));
      await assert.rejects(late, { code: 'TOO_BUSY', mayHaveBeenSent: false });
      const abort = new AbortController();
      const given = connector.send(requestOf({ signal: abort.signal }));
      abort.abort();
      await assert.rejects(given, { code: 'ABORTED', mayHaveBeenSent: false });
      assert.equal(stateOf(connector)?.queued, 0);
      core.calls[0]?.answer();
      await running;
      assert.equal(core.calls.length, 1);
    });

    it('sends those that wait to the next endpoint only if they may not wait', async () => {
      const [first, second] = [held(), scriptedConnector()];
      const options = optionsFor([first, second], { bulkhead: { running: 1, queued: 0 } });
      const connector = createResilientConnector(options);
      const running = connector.send(requestOf());
      assert.equal(await codeOf(connector.send(requestOf())), 'answered');
      assert.equal(second.calls.length, 1);
      first.calls[0]?.answer();
      await running;
    });
  });
});
