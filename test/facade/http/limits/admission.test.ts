import assert from 'node:assert/strict';
import { createAdmission } from '../../../../facade/http/limits/admission.ts';
import { ProblemError } from '../../../../facade/http/problem.ts';
import { accountAnswer } from '../../bank-wsdl.ts';
import { problemOf, startBank } from '../../bank.ts';

const here = { destroyed: false };
const config = { concurrent: 2, queued: 2, queueMilliseconds: 60_000 };
const isOverloaded = (error: unknown): boolean =>
  error instanceof ProblemError &&
  error.problem.code === 'overloaded' &&
  error.headers['Retry-After'] === '1';

describe('places for requests', () => {
  it('are given at once, then in the order of waiting, and no more wait than may', async () => {
    const admission = createAdmission(config);
    assert.deepEqual([admission.enter(here), admission.enter(here)], [undefined, undefined]);
    const order: number[] = [];
    const waiting = [1, 2].map((which) => admission.enter(here)!.then(() => order.push(which)));
    assert.throws(() => admission.enter(here), isOverloaded);
    admission.leave();
    await waiting[0];
    assert.deepEqual(order, [1]);
    admission.leave();
    await waiting[1];
    assert.deepEqual(order, [1, 2]);
    admission.leave();
    admission.leave();
    assert.deepEqual([admission.enter(here), admission.enter(here)], [undefined, undefined]);
  });

  it('are waited for no longer than may be', async () => {
    const admission = createAdmission({ ...config, queueMilliseconds: 5 });
    void admission.enter(here);
    void admission.enter(here);
    await assert.rejects(admission.enter(here)!, isOverloaded);
    admission.leave();
    assert.equal(admission.enter(here), undefined, 'nobody waits any more');
  });

  it('are not given to who has gone', async () => {
    const admission = createAdmission(config);
    void admission.enter(here);
    void admission.enter(here);
    const gone = admission.enter({ destroyed: true })!;
    const next = admission.enter(here)!;
    admission.leave();
    await assert.rejects(gone, isOverloaded);
    await next;
  });

  it('are given to nobody while the process is late', () => {
    let isLate = true;
    const admission = createAdmission(config, { isLate: () => isLate, close: () => undefined });
    assert.throws(() => admission.enter(here), isOverloaded);
    isLate = false;
    assert.equal(admission.enter(here), undefined);
  });
});

describe('a process with more requests than it may answer', () => {
  it('turns some away at once, answers the others, and still tells of its health', async () => {
    const bank = await startBank({
      yaml: 'server: { concurrency: { concurrent: 2, queued: 1, queueMilliseconds: 60000 } }',
    });
    const goOn = Promise.withResolvers<undefined>();
    bank.answer = async (_call, response) => {
      await goOn.promise;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(accountAnswer);
      return undefined;
    };
    try {
      const answers = Array.from({ length: 6 }, () => bank.call('/v1/accounts/1'));
      const refused = new Set<Response>();
      for (const answer of answers)
        void answer.then((response) => {
          if (response.status !== 200) refused.add(response);
          if (refused.size === 3) goOn.resolve(undefined);
        });
      await goOn.promise;
      for (const response of refused) {
        assert.equal(response.headers.get('retry-after'), '1');
        assert.equal((await problemOf(response)).code, 'overloaded');
      }
      assert.equal((await fetch(`${bank.url}/healthz`)).status, 200);
      const statuses = (await Promise.all(answers)).map(({ status }) => status).sort();
      assert.deepEqual(statuses, [200, 200, 200, 503, 503, 503]);
      assert.equal(bank.calls.length, 3);
      assert.equal((await bank.call('/v1/accounts/1')).status, 200, 'and then as before');
    } finally {
      await bank.close();
    }
  });
});
