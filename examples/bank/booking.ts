import type { Thousandths } from './money.ts';
import type { Account, Transaction } from './state.ts';

/** What a booking says beside its amount and number. */
export type BookingText = Pick<Transaction, 'kind' | 'bookedAt' | 'reference'> &
  Partial<Pick<Transaction, 'counterpartyName' | 'transferId'>>;

/** Books an amount on an account: balance and transactions move together. */
export function book(account: Account, amount: Thousandths, text: BookingText): void {
  const transactionId = `${account.accountId}-${String(account.transactions.length + 1).padStart(6, '0')}`;
  account.balance += amount;
  account.transactions.push({ ...text, transactionId, amount, balanceAfter: account.balance });
}
