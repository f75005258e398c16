import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOwnIban, toIban } from '../../examples/bank/iban.ts';
import { formatAmount, parseAmount } from '../../examples/bank/money.ts';

describe('the bank: money', () => {
  it('reads every lexical form of a decimal with three fraction digits', () => {
    const forms = {
      '10.005': 10_005n,
      '10': 10_000n,
      '10.': 10_000n,
      '.5': 500n,
      '+1.50': 1_500n,
      '-0.001': -1n,
      '1.2340000': 1_234n,
    };
    for (const [lexical, amount] of Object.entries(forms))
      assert.equal(parseAmount(lexical), amount, lexical);
  });

  it('refuses what it would have to round or cannot read', () => {
    for (const lexical of ['0.0005', '1e3', '', '.', '-', '1,5', 'INF']) {
      assert.throws(() => parseAmount(lexical), RangeError, lexical);
    }
  });

  it('writes what it reads back to the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (amount) => {
        const lexical = formatAmount(amount);
        assert.match(lexical, /^-?\d+\.\d{3}$/);
        assert.equal(parseAmount(lexical), amount);
      }),
    );
  });
});

describe('the bank: IBANs', () => {
  it('have check digits that leave the remainder 1 (ISO 7064 MOD 97-10)', () => {
    const iban = toIban('10010001');
    const moved = iban.slice(4) + iban.slice(0, 4);
    const digits = Array.from(moved, (character) => Number.parseInt(character, 36)).join('');
    assert.equal(BigInt(digits) % 97n, 1n);
  });

  it('are told from those of other banks', () => {
    assert.equal(isOwnIban(toIban('10010001')), true);
    assert.equal(isOwnIban('DE89370400440532013000'), false);
  });
});
