import assert from 'node:assert/strict';
import { suggest } from '../../../wsdl/link/suggestion.ts';

describe('suggest', () => {
  it('finds the nearest name: a letter wrong, missing, swapped, or of the other case', () => {
    const names = ['Account', 'AccountList', 'Amount'];
    for (const written of ['Acount', 'Accuont', 'account', 'Akkount']) {
      assert.equal(suggest(written, names), ' Did you mean "Account"?', written);
    }
  });

  it('suggests nothing where nothing is near, or the name is absurdly long', () => {
    assert.equal(suggest('Customer', ['Account']), '');
    assert.equal(suggest('a'.repeat(10_000), ['a'.repeat(9_999)]), '');
  });
});
