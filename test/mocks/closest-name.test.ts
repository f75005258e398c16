import assert from 'node:assert/strict';
import { closestName } from '../../mocks/closest-name.ts';

describe('closestName', () => {
  it('finds the candidate with the fewest edits', () => {
    assert.equal(closestName('GetAcount', ['GetCustomer', 'GetAccount', 'GetAccounts']), 'GetAccount');
  });

  it('does not mind the case', () => {
    assert.equal(closestName('getaccount', ['GetAccount']), 'GetAccount');
  });

  it('keeps silent where nothing is close', () => {
    assert.equal(closestName('BlockCard', ['GetAccount', 'ListTransactions']), undefined);
  });
});
