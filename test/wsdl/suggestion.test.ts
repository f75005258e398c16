import assert from 'node:assert/strict';
import { didYouMean } from '../../wsdl/suggestion.ts';

describe('didYouMean', () => {
  it('finds the nearest name: a letter wrong, missing, swapped, or of the other case', () => {
    const names = ['Account', 'AccountList', 'Amount'];
    for (const written of ['Acount', 'Accuont', 'account', 'Akkount']) {
      assert.equal(didYouMean(written, names), ' Did you mean "Account"?', written);
    }
  });

  it('suggests nothing where nothing is near, or the name is absurdly long', () => {
    assert.equal(didYouMean('Customer', ['Account']), '');
    assert.equal(didYouMean('a'.repeat(10_000), ['a'.repeat(9_999)]), '');
  });
});
