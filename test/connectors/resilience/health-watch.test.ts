import assert from 'node:assert/strict';
import { CircuitBreaker, REFUSED } from '../../../connectors/resilience/circuit-breaker.ts';
import { HealthWatch, type HealthOptions } from '../../../connectors/resilience/health-watch.ts';

const circuit = { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 1, probeMs: 60_000 };
const options: HealthOptions = { intervalMs: 1, timeoutMs: 1000, failures: 2, provesCalls: true };

describe('Probing an endpoint', () => {
  let breaker: CircuitBreaker;
  let watch: HealthWatch | undefined;
  /** What each probe says; the last of them is said again and again. */
  let says: (() => Promise<boolean>)[];
  let probes: number;

  beforeEach(() => {
    breaker = new CircuitBreaker(
      circuit,
      () => performance.now(),
      () => undefined,
    );
    probes = 0;
  });
  afterEach(() => watch?.close());

  const up = (): Promise<boolean> => Promise.resolve(true);
  const down = (): Promise<boolean> => Promise.resolve(false);
  const broken = (): Promise<boolean> => Promise.reject(new Error('no connection'));

  /** Starts probing, and waits until `count` probes have begun: what those before them said has then been heard. */
  async function after(count: number, changes: Partial<HealthOptions> = {}): Promise<HealthWatch> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const probe = (): Promise<boolean> => {
      probes += 1;
      if (probes === count) resolve(undefined);
      return (says.length > 1 ? says.shift()! : says[0]!)();
    };
    watch = new HealthWatch(probe, { ...options, ...changes }, breaker);
    assert.equal(watch.health, 'unknown');
    // Timers of the watch keep no process alive, so something has to while it is waited for.
    const alive = setInterval(() => undefined, 1000);
    await promise.finally(() => {
      clearInterval(alive);
    });
    return watch;
  }

  it('opens its circuit after as many failures in a row as configured', async () => {
    says = [broken, up, down, down, () => new Promise(() => undefined)];
    const { health } = await after(5);
    assert.deepEqual([health, breaker.circuit], ['down', 'open']);
    assert.equal(breaker.admit(), REFUSED);
  });

  it('opens nothing for failures with successes between', async () => {
    says = [down, up, down, up, down, up, () => new Promise(() => undefined)];
    const { health } = await after(7);
    assert.deepEqual([health, breaker.circuit], ['up', 'closed']);
  });

  it('closes the circuit once it is back, without a call that has to try', async () => {
    says = [down, down, up, () => new Promise(() => undefined)];
    const { health } = await after(4);
    assert.deepEqual([health, breaker.circuit], ['up', 'closed']);
    assert.notEqual(breaker.admit(), REFUSED);
  });

  it('closes a circuit that calls have opened only if it does what calls do', async () => {
    for (const [provesCalls, state] of [
      [true, 'closed'],
      [false, 'open'],
    ] as const) {
      breaker.failed(breaker.admit());
      assert.equal(breaker.circuit, 'open');
      says = [up];
      probes = 0;
      await after(3, { provesCalls });
      watch?.close();
      assert.equal(breaker.circuit, state);
    }
  });

  it('takes a probe that hangs for a failure, and goes on', async () => {
    says = [() => new Promise(() => undefined)];
    const { health } = await after(4, { timeoutMs: 2 });
    assert.deepEqual([health, breaker.circuit], ['down', 'open']);
  });

  it('ends when it is closed', async () => {
    says = [up];
    const { health } = await after(2);
    watch?.close();
    const then = probes;
    let others = 0;
    await new Promise((resolve) => {
      const probe = (): Promise<boolean> => {
        others += 1;
        if (others === 3) setImmediate(resolve);
        return up();
      };
      // Probes as often as the other would.
      watch = new HealthWatch(probe, options, breaker);
    });
    assert.deepEqual([health, probes], ['up', then]);
  });
});
