import assert from 'node:assert/strict';
import { createBank, type Bank } from '../../examples/bank/core.ts';
import { SORT_CODE, toIban } from '../../examples/bank/iban.ts';
import type { BankFault, Outcome } from '../../examples/bank/outcome.ts';
import type { Payment } from '../../examples/bank/state.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

function openBank(): Bank {
  return createBank({ now: () => NOW });
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  assert.equal(
    outcome.kind,
    'done',
    JSON.stringify(outcome, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
  );
  return outcome.value;
}

function faultOf(outcome: Outcome<unknown>): BankFault {
  assert.equal(outcome.kind, 'refused');
  return outcome.fault;
}

function balanceOf(bank: Bank, customerId: string, accountId: string): bigint {
  return valueOf(bank.getAccount(customerId, accountId)).balance;
}

const payment: Payment = {
  '@type': 'DomesticPayment',
  debtorAccountId: 'acc-1001',
  creditor: { name: 'Ben Okafor', iban: toIban('20010001') },
  amount: '10.005',
  currency: 'EUR',
  reference: 'Thank you',
};

describe('the bank: accounts', () => {
  it('shows a customer their own accounts in the order they were opened', () => {
    const page = valueOf(openBank().listAccounts('anna', {}));
    assert.deepEqual(
      page.entries.map(({ accountId }) => accountId),
      ['acc-1001', 'acc-1002', 'acc-1003'],
    );
    assert.deepEqual([page.total, page.nextCursor], [3, undefined]);
  });

  it('answers an account of somebody else exactly like one that does not exist', () => {
    const bank = openBank();
    assert.deepEqual(faultOf(bank.getAccount('anna', 'acc-2001')), {
      name: 'AccountNotFound',
      accountId: 'acc-2001',
      role: 'subject',
    });
    assert.deepEqual(faultOf(bank.getAccount('anna', 'nowhere')), {
      name: 'AccountNotFound',
      accountId: 'nowhere',
      role: 'subject',
    });
  });

  it('does not know customers it does not have', () => {
    assert.deepEqual(faultOf(openBank().getCustomer('eve')), { name: 'CustomerNotFound', customerId: 'eve' });
    assert.deepEqual(faultOf(openBank().listAccounts('eve', {})), {
      name: 'CustomerNotFound',
      customerId: 'eve',
    });
  });

  it('keeps every balance equal to the sum of its transactions', () => {
    for (const accountId of ['acc-1001', 'acc-1002', 'acc-1003']) {
      const { balance, transactions } = valueOf(openBank().getAccount('anna', accountId));
      assert.equal(
        transactions.reduce((sum, { amount }) => sum + amount, 0n),
        balance,
      );
    }
  });
});

describe('the bank: transactions', () => {
  it('come page by page, the newest first, each exactly once', () => {
    const bank = openBank();
    const all = valueOf(bank.getAccount('anna', 'acc-1001')).transactions.map(
      ({ transactionId }) => transactionId,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(
        bank.listTransactions('anna', 'acc-1001', { limit: 7, ...(cursor !== undefined && { cursor }) }),
      );
      assert.equal(page.total, all.length);
      seen.push(...page.entries.map(({ transactionId }) => transactionId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    assert.deepEqual(seen, all.reverse());
  });

  it('neither repeat nor hide an entry when money moves between two pages', () => {
    const bank = openBank();
    const first = valueOf(bank.listTransactions('anna', 'acc-1001', { limit: 3 }));
    valueOf(bank.createTransfer('anna', payment));
    const second = valueOf(
      bank.listTransactions('anna', 'acc-1001', { limit: 3, cursor: first.nextCursor! }),
    );
    const unmoved = valueOf(openBank().listTransactions('anna', 'acc-1001', { limit: 6 }));
    assert.deepEqual(
      [...first.entries, ...second.entries].map(({ transactionId }) => transactionId),
      unmoved.entries.map(({ transactionId }) => transactionId),
    );
  });

  it('can be limited to a period with both its days', () => {
    const window = { from: '2025-03-05', to: '2025-03-12' };
    const page = valueOf(openBank().listTransactions('anna', 'acc-1001', window));
    assert.deepEqual(
      page.entries.map(({ bookedAt }) => bookedAt.slice(0, 10)),
      ['2025-03-12', '2025-03-05'],
    );
  });

  it('refuse a cursor that belongs to no page', () => {
    assert.deepEqual(faultOf(openBank().listTransactions('anna', 'acc-1001', { cursor: 'zzz' })), {
      name: 'InvalidCursor',
    });
  });
});

describe('the bank: transfers', () => {
  it('move exactly the amount to the third fraction digit', () => {
    const bank = openBank();
    const before = [balanceOf(bank, 'anna', 'acc-1001'), balanceOf(bank, 'ben', 'acc-2001')] as const;
    const transfer = valueOf(bank.createTransfer('anna', payment));
    assert.equal(transfer.status, 'completed');
    assert.equal(balanceOf(bank, 'anna', 'acc-1001'), before[0] - 10_005n);
    assert.equal(balanceOf(bank, 'ben', 'acc-2001'), before[1] + 10_005n);
  });

  it('appear on both accounts with their reference and the other side', () => {
    const bank = openBank();
    const { transferId } = valueOf(bank.createTransfer('anna', payment));
    const [debit] = valueOf(bank.listTransactions('anna', 'acc-1001', { limit: 1 })).entries;
    const [credit] = valueOf(bank.listTransactions('ben', 'acc-2001', { limit: 1 })).entries;
    assert.deepEqual(
      [debit?.transferId, debit?.amount, debit?.counterpartyName],
      [transferId, -10_005n, 'Ben Okafor'],
    );
    assert.deepEqual(
      [credit?.transferId, credit?.amount, credit?.counterpartyName],
      [transferId, 10_005n, 'Anna Lindqvist'],
    );
    assert.equal(credit?.reference, 'Thank you');
  });

  it('reach an account here by sort code and account number too', () => {
    const bank = openBank();
    const before = balanceOf(bank, 'ben', 'acc-2001');
    valueOf(
      bank.createTransfer('anna', {
        ...payment,
        creditor: { name: 'Ben', sortCode: SORT_CODE, accountNumber: '20010001' },
      }),
    );
    assert.equal(balanceOf(bank, 'ben', 'acc-2001'), before + 10_005n);
  });

  it('are sent on to another bank by its IBAN', () => {
    const creditor = { name: 'Erika Mustermann', iban: 'DE89370400440532013000' };
    const transfer = valueOf(
      openBank().createTransfer('anna', { ...payment, '@type': 'SepaPayment', creditor }),
    );
    assert.equal(transfer.status, 'sent');
  });

  it('are seen by who ordered them and nobody else', () => {
    const bank = openBank();
    const { transferId } = valueOf(bank.createTransfer('anna', payment));
    assert.deepEqual(valueOf(bank.getTransfer('anna', transferId)).payment, payment);
    assert.deepEqual(faultOf(bank.getTransfer('ben', transferId)), { name: 'TransferNotFound', transferId });
  });

  const refusals: Record<string, [Partial<Payment>, BankFault]> = {
    'more than balance and overdraft limit cover': [
      { debtorAccountId: 'acc-1002', amount: '12500.501' },
      { name: 'InsufficientFunds', available: 12_500_500n, requested: 12_500_501n, currency: 'EUR' },
    ],
    'the account of somebody else as debtor': [
      { debtorAccountId: 'acc-2001' },
      { name: 'AccountNotFound', accountId: 'acc-2001', role: 'debtor' },
    ],
    'an account that this bank does not have as creditor': [
      { creditor: { name: 'Nobody', sortCode: SORT_CODE, accountNumber: '99999999' } },
      { name: 'AccountNotFound', role: 'creditor' },
    ],
    'a currency that is not the debtor account’s': [
      { currency: 'GBP' },
      { name: 'CurrencyMismatch', expected: 'EUR', requested: 'GBP', role: 'debtor' },
    ],
    'a creditor account in another currency': [
      { creditor: { name: 'Ben', iban: toIban('20010002') } },
      { name: 'CurrencyMismatch', expected: 'GBP', requested: 'EUR', role: 'creditor' },
    ],
    'a SEPA payment that is not in euro': [
      { '@type': 'SepaPayment', debtorAccountId: 'acc-1003', currency: 'KWD' },
      { name: 'CurrencyMismatch', expected: 'EUR', requested: 'KWD', role: 'debtor' },
    ],
  };
  for (const [title, [change, fault]] of Object.entries(refusals)) {
    it(`are refused for ${title}, and nothing is booked`, () => {
      const bank = openBank();
      assert.deepEqual(faultOf(bank.createTransfer('anna', { ...payment, ...change })), fault);
      assert.deepEqual(bank.listAccounts('anna', {}), openBank().listAccounts('anna', {}));
      assert.deepEqual(bank.listAccounts('ben', {}), openBank().listAccounts('ben', {}));
    });
  }

  it('may use the overdraft to its last thousandth', () => {
    const bank = openBank();
    const { balance, overdraftLimit } = valueOf(bank.getAccount('anna', 'acc-1001'));
    const amount = `${(balance + overdraftLimit) / 1000n}.${String((balance + overdraftLimit) % 1000n).padStart(3, '0')}`;
    valueOf(bank.createTransfer('anna', { ...payment, amount }));
    assert.equal(balanceOf(bank, 'anna', 'acc-1001'), -overdraftLimit);
  });
});

describe('the bank: cards', () => {
  it('are blocked once, and say when and why afterwards', () => {
    const bank = openBank();
    const blocking = { reason: 'lost', blockedAt: NOW.toISOString() } as const;
    assert.deepEqual(valueOf(bank.blockCard('anna', 'card-5001', 'lost')).blocking, blocking);
    assert.deepEqual(faultOf(bank.blockCard('anna', 'card-5001', 'fraud')), {
      name: 'CardAlreadyBlocked',
      cardId: 'card-5001',
      blocking,
    });
    assert.deepEqual(
      bank.listCards('anna').map((card) => card.blocking?.reason),
      ['lost', undefined],
    );
  });

  it('of somebody else are not there', () => {
    assert.deepEqual(faultOf(openBank().blockCard('anna', 'card-6001', 'lost')), {
      name: 'CardNotFound',
      cardId: 'card-6001',
    });
  });
});
