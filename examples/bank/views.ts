import type { JsonValue } from '../../index.ts';
import { SORT_CODE } from './iban.ts';
import { formatAmount } from './money.ts';
import type { BankFault } from './outcome.ts';
import type { Page } from './page.ts';
import type { Account, Card, Customer, Transaction, Transfer } from './state.ts';

/** What the bank keeps, in the shape that the contracts give its JSON. */
type JsonObject = Record<string, JsonValue>;

export function toCustomer(customer: Customer): JsonObject {
  return structuredClone(customer) as unknown as JsonObject;
}

export function toAccountSummary(account: Account): JsonObject {
  const { kind, accountId, name, iban, currency } = account;
  return { status: 'open', kind, accountId, name, iban, currency, balance: formatAmount(account.balance) };
}

export function toAccount(account: Account): JsonObject {
  return {
    ...toAccountSummary(account),
    sortCode: SORT_CODE,
    accountNumber: account.accountNumber,
    overdraftLimit: formatAmount(account.overdraftLimit),
    openedOn: account.openedOn,
    closedOn: null,
  };
}

export function toTransaction(transaction: Transaction): JsonObject {
  const { amount, balanceAfter, bookedAt } = transaction;
  return {
    ...transaction,
    valueDate: bookedAt.slice(0, '2025-01-31'.length),
    amount: formatAmount(amount),
    balanceAfter: formatAmount(balanceAfter),
  };
}

export function toPage({ total, nextCursor }: Page<unknown>): JsonObject {
  return { total, ...(nextCursor !== undefined && { nextCursor }) };
}

export function toTransfer({ transferId, status, createdAt, payment }: Transfer): JsonObject {
  return { transferId, status, createdAt, payment: structuredClone(payment) as unknown as JsonObject };
}

export function toCard({ cardId, accountId, lastFourDigits, expires, blocking }: Card): JsonObject {
  const status = blocking === undefined ? 'active' : 'blocked';
  return {
    status,
    cardId,
    accountId,
    lastFourDigits,
    expires,
    ...(blocking && { blocking: { ...blocking } }),
  };
}

/** The detail of a declared fault: its members without its name. */
export function toFaultDetail(fault: BankFault): JsonObject {
  const members = Object.entries(fault).filter(([member]) => member !== 'name');
  return Object.fromEntries(
    members.map(([member, value]) => [
      member,
      typeof value === 'bigint' ? formatAmount(value) : (value as JsonValue),
    ]),
  );
}
