import assert from 'node:assert/strict';
import { createFlights } from '../../../../facade/http/cache/flights.ts';

const passenger = (
  deadline = Date.now() + 60_000,
): { deadline: number; signal: AbortSignal; abort(): void } => {
  const abort = new AbortController();
  return {
    deadline,
    signal: abort.signal,
    abort: () => {
      abort.abort();
    },
  };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls that several requests wait for', () => {
  it('are made once for each key at a time', async () => {
    const flights = createFlights<number>();
    const call = Promise.withResolvers<number>();
    let calls = 0;
    const begin = (): Promise<number> => {
      calls += 1;
      return call.promise;
    };
    const all = Array.from({ length: 1000 }, () => flights.join('a', passenger(), begin));
    const other = flights.join('b', passenger(), async () => 2);
    call.resolve(1);
    const landings = await Promise.all(all);
    assert.equal(calls, 1);
    assert.equal(landings.filter(({ isCollapsed }) => isCollapsed).length, 999);
    assert.ok(landings.every(({ result }) => result === 1));
    assert.equal((await other).result, 2);
    assert.equal((await flights.join('a', passenger(), async () => 3)).result, 3, 'and anew afterwards');
  });

  it('fail all who wait alike', async () => {
    const flights = createFlights<number>();
    const failure = new Error('down');
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => flights.join('a', passenger(), () => Promise.reject(failure))),
    );
    assert.ok(results.every((result) => result.status === 'rejected' && result.reason === failure));
  });

  it('are waited for no longer than one may, by who began them too', async () => {
    const flights = createFlights<number>();
    const call = Promise.withResolvers<number>();
    let signal: AbortSignal | undefined;
    const leader = flights.join('a', passenger(Date.now() + 5), (given) => {
      signal = given;
      return call.promise;
    });
    const follower = flights.join('a', passenger(), () => assert.fail('there is one'));
    await assert.rejects(leader, { code: 'TIMEOUT' });
    assert.equal(signal?.aborted, false, 'the follower still waits');
    call.resolve(1);
    assert.equal((await follower).result, 1);
  });

  it('are given up when all who waited have gone, and not joined any more', async () => {
    const flights = createFlights<number>();
    const signals: AbortSignal[] = [];
    const begin = (signal: AbortSignal): Promise<number> => {
      signals.push(signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    };
    const [one, two] = [passenger(), passenger()];
    const waiting = [one, two].map((each) => flights.join('a', each, begin));
    one.abort();
    await assert.rejects(waiting[0]!, { code: 'ABORTED' });
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [false],
    );
    two.abort();
    const late = flights.join('a', passenger(), async () => 7);
    await assert.rejects(waiting[1]!, { code: 'ABORTED' });
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true],
    );
    assert.equal((await late).result, 7);
  });

  it('go on without anybody where they were sent ahead, once', async () => {
    const flights = createFlights<number>();
    const call = Promise.withResolvers<number>();
    let signal: AbortSignal | undefined;
    const ahead = flights.sendAhead('a', (given) => {
      signal = given;
      return call.promise;
    });
    assert.equal(
      flights.sendAhead('a', () => assert.fail('there is one')),
      undefined,
    );
    const one = passenger();
    const joined = flights.join('a', one, () => assert.fail('there is one'));
    one.abort();
    await assert.rejects(joined, { code: 'ABORTED' });
    assert.equal(signal?.aborted, false);
    call.resolve(1);
    assert.equal(await ahead, 1);
    await settled();
  });
});
