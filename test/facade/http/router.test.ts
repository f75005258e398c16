import assert from 'node:assert/strict';
import { createRouter } from '../../../facade/http/router.ts';

const router = createRouter([
  { method: 'GET', path: '/', target: 'root' },
  { method: 'GET', path: '/v1/accounts', target: 'list' },
  { method: 'GET', path: '/v1/accounts/{accountId}', target: 'one' },
  { method: 'GET', path: '/v1/accounts/mine', target: 'mine' },
  { method: 'GET', path: '/v1/{kind}/mine/limits', target: 'limits' },
  { method: 'GET', path: '/v1/accounts/{id}/transactions/{transactionId}', target: 'transaction' },
  { method: 'POST', path: '/v1/accounts', target: 'open' },
]);

const find = (method: string, path: string): unknown => {
  const match = router.find(method, path);
  return match && [match.target, { ...match.parameters }];
};

describe('the router', () => {
  it('finds literals before parameters, and names the parameters', () => {
    assert.deepEqual(find('GET', '/'), ['root', {}]);
    assert.deepEqual(find('GET', '/v1/accounts'), ['list', {}]);
    assert.deepEqual(find('GET', '/v1/accounts/4711'), ['one', { accountId: '4711' }]);
    assert.deepEqual(find('GET', '/v1/accounts/mine'), ['mine', {}]);
    assert.deepEqual(find('GET', '/v1/accounts/a%2Fb/transactions/7'), [
      'transaction',
      { id: 'a%2Fb', transactionId: '7' },
    ]);
  });

  it('goes back to a parameter where a literal leads nowhere', () => {
    assert.deepEqual(find('GET', '/v1/accounts/mine/limits'), ['limits', { kind: 'accounts' }]);
    assert.deepEqual(find('GET', '/v1/accounts/mine/transactions/7'), [
      'transaction',
      { id: 'mine', transactionId: '7' },
    ]);
  });

  it('takes percent-encoded letters for the letters', () => {
    assert.deepEqual(find('GET', '/v1/%61ccounts'), ['list', {}]);
    assert.equal(find('GET', '/v1/%zz'), undefined);
  });

  it('finds nothing for other paths, empty segments and other methods', () => {
    for (const path of [
      '/v1',
      '/v1/accounts/',
      '/v1//accounts',
      '/v1/accounts//transactions/7',
      '',
      '/V1/accounts',
    ])
      assert.equal(find('GET', path), undefined, path);
    assert.equal(find('DELETE', '/v1/accounts'), undefined);
  });

  it('knows the methods of a path', () => {
    assert.deepEqual(router.methodsOf('/v1/accounts'), ['GET', 'POST']);
    assert.deepEqual(router.methodsOf('/v1/nothing/here'), []);
  });

  it('refuses two routes that answer the same requests', () => {
    const entries = ['/a/{x}', '/a/{y}'].map((path) => ({ method: 'GET', path, target: path }));
    assert.throws(() => createRouter(entries), /two routes answer GET \/a\/\{y\}: the other is \/a\/\{x\}/);
  });

  it('does not take longer for more routes', () => {
    const many = createRouter(
      Array.from({ length: 5000 }, (_, index) => ({
        method: 'GET',
        path: `/v1/r${index}/{id}`,
        target: index,
      })),
    );
    assert.equal(many.find('GET', '/v1/r4999/7')?.target, 4999);
    assert.equal(many.find('GET', `/v1${'/x'.repeat(5000)}`), undefined);
  });
});
