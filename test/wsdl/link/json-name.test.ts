import assert from 'node:assert/strict';
import { identifier, jsonName, pascalCase } from '../../../wsdl/link/json-name.ts';

describe('jsonName', () => {
  const expected: Readonly<Record<string, string>> = {
    AccountId: 'accountId',
    IBAN: 'iban',
    IBANCode: 'ibanCode',
    URLPath: 'urlPath',
    already: 'already',
    alreadyCamel: 'alreadyCamel',
    account_id: 'accountId',
    ACCOUNT_ID: 'accountId',
    'account.holder-name': 'accountHolderName',
    _private: 'private',
    ID: 'id',
    IDs: 'ids',
    X509Data: 'x509Data',
    A: 'a',
    ÄnderungsDatum: 'änderungsDatum',
    _: '_',
  };
  for (const [local, name] of Object.entries(expected)) {
    it(`makes ${name} of ${local}`, () => {
      assert.equal(jsonName(local, 'camelCase'), name);
    });
  }

  it('leaves every name alone with asIs', () => {
    for (const local of Object.keys(expected)) assert.equal(jsonName(local, 'asIs'), local);
  });
});

describe('identifier', () => {
  it('keeps what is an identifier', () => {
    assert.equal(identifier('accountType_2'), 'accountType_2');
  });

  it('joins what is not allowed away, accents too', () => {
    assert.equal(identifier('account-type.v2'), 'accountTypeV2');
    assert.equal(identifier('Zahlung.für'), 'ZahlungFur');
  });

  it('finds a name even where nothing can be kept', () => {
    assert.equal(identifier('счёт'), 'Type');
    assert.equal(identifier('3DSecure'), '_3DSecure');
  });
});

describe('pascalCase', () => {
  it('names anonymous types after their element', () => {
    assert.equal(pascalCase('lineItem'), 'LineItem');
    assert.equal(pascalCase('ACCOUNT_ID'), 'AccountId');
  });
});
