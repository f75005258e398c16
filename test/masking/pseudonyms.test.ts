import assert from 'node:assert/strict';
import { createPseudonyms, holdsNumber } from '../../masking/index.ts';

const { ofText, ofJson } = createPseudonyms(Buffer.alloc(32, 7));

describe('pseudonyms', () => {
  for (const number of [
    '4111111111111111',
    '4111 1111 1111 1111',
    '3782-822463-10005',
    'DE89370400440532013000',
    'GB82 WEST 1234 5698 7654 32',
  ])
    it(`puts another number of the same form for ${number}`, () => {
      const other = ofText(number);
      assert.notEqual(other, number);
      assert.equal(
        other.replaceAll(/\d/g, '0').replaceAll(/[A-Z]/g, 'A'),
        number.replaceAll(/\d/g, '0').replaceAll(/[A-Z]/g, 'A'),
      );
      assert.ok(holdsNumber(other), `${other} has no right check digits`);
      assert.equal(ofText(number), other);
    });

  it('keeps the country of an IBAN and the text around it', () => {
    assert.match(ofText('to DE89370400440532013000, please'), /^to DE\d{20}, please$/);
  });

  it('depends on its key', () => {
    assert.notEqual(
      createPseudonyms().ofText('4111111111111111'),
      createPseudonyms().ofText('4111111111111111'),
    );
  });

  it('scrambles what is called like a secret or an account number, and leaves all else', () => {
    const value = {
      accountNumber: '16754633',
      password: 'Hunter2!',
      amount: '10.00',
      at: '2026-01-02',
      open: true,
    };
    const other = ofJson(value) as typeof value;
    assert.match(other.accountNumber, /^\d{8}$/);
    assert.match(other.password, /^[A-Z][a-z]{5}\d!$/);
    assert.notEqual(other.accountNumber, value.accountNumber);
    assert.notEqual(other.password, value.password);
    assert.deepEqual(
      { ...other, accountNumber: '', password: '' },
      { ...value, accountNumber: '', password: '' },
    );
  });

  it('scrambles a secret that has attributes, which is an object, and account numbers in German', () => {
    const other = JSON.stringify(
      ofJson({
        password: { value: 'Hunter2!', '@type': 'tns:PasswordText' },
        accountNumber: [{ value: '16754633', scheme: 'local' }],
        kontonummer: '87654321',
        kartenNr: 12345678,
      }),
    );
    assert.match(other, /"@type":"tns:PasswordText"/);
    assert.doesNotMatch(other, /Hunter2|16754633|87654321|12345678/);
  });
});
