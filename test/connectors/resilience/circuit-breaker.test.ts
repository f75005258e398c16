import assert from 'node:assert/strict';
import { CircuitBreaker, REFUSED } from '../../../connectors/resilience/circuit-breaker.ts';

const options = { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 4, probeMs: 1000 };

describe('a circuit breaker', () => {
  let time: number;
  let changes: string[];
  let breaker: CircuitBreaker;
  beforeEach(() => {
    time = 5000;
    changes = [];
    breaker = new CircuitBreaker(
      options,
      () => time,
      (circuit) => changes.push(circuit),
    );
  });

  const fail = (times: number): void => {
    for (let call = 0; call < times; call += 1) breaker.failed(breaker.admit());
  };
  const succeed = (times: number): void => {
    for (let call = 0; call < times; call += 1) breaker.succeeded(breaker.admit());
  };

  it('opens when the share of failures is reached, not before there are enough calls', () => {
    fail(3);
    assert.equal(breaker.circuit, 'closed');
    fail(1);
    assert.equal(breaker.circuit, 'open');
    assert.equal(breaker.admit(), REFUSED);
    assert.equal(breaker.retryAfterMs, 1000);
  });

  it('stays closed while most calls succeed', () => {
    for (let round = 0; round < 50; round += 1) {
      succeed(3);
      fail(2);
      time += 100;
    }
    assert.deepEqual([breaker.circuit, changes], ['closed', []]);
  });

  it('forgets what lies before its window', () => {
    fail(3);
    time += 11_000;
    fail(3);
    assert.equal(breaker.circuit, 'closed');
    time += 5000;
    fail(1);
    assert.equal(breaker.circuit, 'open', 'the last four are within one window');
  });

  it('lets one call through each interval, and closes when one of them succeeds', () => {
    fail(4);
    time += 1000;
    const first = breaker.admit();
    assert.equal(breaker.circuit, 'half-open');
    assert.equal(breaker.admit(), REFUSED);
    breaker.failed(first);
    assert.equal(breaker.admit(), REFUSED);
    time += 1000;
    breaker.succeeded(breaker.admit());
    assert.deepEqual(changes, ['open', 'half-open', 'open', 'half-open', 'closed']);
    fail(3);
    assert.equal(breaker.circuit, 'closed', 'old failures are forgotten');
  });

  it('sends the next probe while the last one hangs', () => {
    fail(4);
    time += 1000;
    const hanging = breaker.admit();
    time += 1000;
    const next = breaker.admit();
    assert.notEqual(next, REFUSED);
    breaker.succeeded(next);
    breaker.failed(hanging);
    assert.equal(breaker.circuit, 'closed', 'how the old probe ends says nothing any more');
  });

  it('does not listen to calls that were admitted before it opened', () => {
    const early = [breaker.admit(), breaker.admit()];
    fail(4);
    for (const ticket of early) breaker.succeeded(ticket);
    assert.equal(breaker.circuit, 'open');
  });
});
