import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBank } from '../../examples/bank/core.ts';
import { SORT_CODE } from '../../examples/bank/iban.ts';
import { createInitialState } from '../../examples/bank/initial-state.ts';
import { formatAmount } from '../../examples/bank/money.ts';
import type { BankState, Creditor, Currency, Payment } from '../../examples/bank/state.ts';

const accounts = [...createInitialState().accounts.values()];

const creditor: fc.Arbitrary<Creditor> = fc.oneof(
  fc.constantFrom(...accounts).map(({ iban }) => ({ name: 'By IBAN', iban })),
  fc
    .constantFrom(...accounts)
    .map(({ accountNumber }) => ({ name: 'By number', sortCode: SORT_CODE, accountNumber })),
  fc.constant({ name: 'Another bank', iban: 'DE89370400440532013000' }),
  fc.constant({ name: 'Nobody', sortCode: SORT_CODE, accountNumber: '00000000' }),
);

const type = fc.constantFrom('DomesticPayment' as const, 'SepaPayment' as const);
const amount = fc.bigInt({ min: 1n, max: 2_000_000n }).map(formatAmount);

/** An owner's order on one of their accounts in its own currency: the creditor and the balance decide. */
const plausible = fc
  .record({ debtor: fc.constantFrom(...accounts), '@type': type, creditor, amount })
  .map(({ debtor: { owner, accountId, currency }, ...rest }) => ({
    customerId: owner,
    payment: { ...rest, debtorAccountId: accountId, currency } satisfies Payment,
  }));

const anything = fc.record({
  customerId: fc.constantFrom('anna', 'ben', 'eve'),
  payment: fc.record({
    '@type': type,
    debtorAccountId: fc.constantFrom(...accounts.map(({ accountId }) => accountId), 'nowhere'),
    creditor,
    amount,
    currency: fc.constantFrom('EUR' as const, 'GBP' as const, 'KWD' as const),
  }) satisfies fc.Arbitrary<Payment>,
});

const orders = fc.array(fc.oneof(plausible, anything), { minLength: 10, maxLength: 40 });

function totals({ accounts: all, clearing }: BankState): Map<Currency, bigint> {
  const sums = new Map(clearing);
  for (const { currency, balance } of all.values()) sums.set(currency, (sums.get(currency) ?? 0n) + balance);
  return sums;
}

describe('the bank: whatever is ordered', () => {
  it('money is neither made nor lost, no account passes its overdraft, and every balance has its bookings', () => {
    let carriedOut = 0;
    fc.assert(
      fc.property(orders, (ordered) => {
        const state = createInitialState();
        const before = totals(state);
        const bank = createBank({ state });
        for (const { customerId, payment } of ordered) {
          if (bank.createTransfer(customerId, payment).kind === 'done') carriedOut += 1;
        }
        assert.deepEqual([...totals(state)].sort(), [...before].sort());
        for (const { balance, overdraftLimit, transactions } of state.accounts.values()) {
          assert.ok(balance >= -overdraftLimit);
          assert.equal(
            transactions.reduce((sum, { amount }) => sum + amount, 0n),
            balance,
          );
          assert.equal(transactions.at(-1)?.balanceAfter, balance);
        }
      }),
    );
    assert.ok(carriedOut > 50, `only ${carriedOut} transfers were carried out`);
  });
});
