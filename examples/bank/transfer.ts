import { book } from './booking.ts';
import { isOwnIban, SORT_CODE } from './iban.ts';
import { parseAmount } from './money.ts';
import { done, refused, type Outcome } from './outcome.ts';
import type { Account, BankState, Creditor, Payment, Transfer } from './state.ts';

/** `at` is the booking time as xs:dateTime. */
interface Order {
  readonly at: string;
  readonly requestId: string | undefined;
}

/** Where the money goes: an account here, or another bank. */
type Destination = Account | 'another-bank';

/**
 * Moves money, or refuses and changes nothing: everything is checked before the first booking.
 */
export function transfer(
  state: BankState,
  customerId: string,
  payment: Payment,
  order: Order,
): Outcome<Transfer> {
  const debtor = findDebtor(state, customerId, payment);
  if (debtor.kind === 'refused') return debtor;
  const creditor = findCreditor(state, payment);
  if (creditor.kind === 'refused') return creditor;
  const amount = parseAmount(payment.amount);
  const available = debtor.value.balance + debtor.value.overdraftLimit;
  const { currency } = payment;
  if (available < amount)
    return refused({ name: 'InsufficientFunds', available, requested: amount, currency });
  return done(carryOut(state, debtor.value, creditor.value, payment, order));
}

function findDebtor(state: BankState, customerId: string, payment: Payment): Outcome<Account> {
  const accountId = payment.debtorAccountId;
  const account = state.accounts.get(accountId);
  if (account?.owner !== customerId) return refused({ name: 'AccountNotFound', accountId, role: 'debtor' });
  const { currency } = account;
  // SEPA Credit Transfer Rulebook, 2.4: transfers are in euro.
  const expected = payment['@type'] === 'SepaPayment' && currency === payment.currency ? 'EUR' : currency;
  if (expected !== payment.currency) {
    return refused({ name: 'CurrencyMismatch', expected, requested: payment.currency, role: 'debtor' });
  }
  return done(account);
}

function findCreditor(state: BankState, { creditor, currency }: Payment): Outcome<Destination> {
  if (!isOwnAccount(creditor)) return done('another-bank');
  const account = [...state.accounts.values()].find((candidate) =>
    creditor.iban === undefined
      ? candidate.accountNumber === creditor.accountNumber
      : candidate.iban === creditor.iban,
  );
  if (account === undefined) return refused({ name: 'AccountNotFound', role: 'creditor' });
  if (account.currency !== currency) {
    return refused({
      name: 'CurrencyMismatch',
      expected: account.currency,
      requested: currency,
      role: 'creditor',
    });
  }
  return done(account);
}

function isOwnAccount({ iban, sortCode }: Creditor): boolean {
  return iban === undefined ? sortCode === SORT_CODE : isOwnIban(iban);
}

function carryOut(
  state: BankState,
  debtor: Account,
  creditor: Destination,
  payment: Payment,
  { at, requestId }: Order,
): Transfer {
  const transferId = `trf-${String(state.transfers.size + 1).padStart(8, '0')}`;
  const amount = parseAmount(payment.amount);
  const text = { kind: 'transfer', bookedAt: at, reference: payment.reference ?? null, transferId } as const;
  book(debtor, -amount, { ...text, counterpartyName: payment.creditor.name });
  if (creditor === 'another-bank') {
    state.clearing.set(payment.currency, (state.clearing.get(payment.currency) ?? 0n) + amount);
  } else {
    book(creditor, amount, { ...text, counterpartyName: nameOf(state, debtor.owner) });
  }
  const status = creditor === 'another-bank' ? 'sent' : 'completed';
  const carriedOut: Transfer = {
    transferId,
    owner: debtor.owner,
    status,
    createdAt: at,
    payment,
    ...(requestId !== undefined && { requestId }),
  };
  state.transfers.set(transferId, carriedOut);
  return carriedOut;
}

function nameOf(state: BankState, customerId: string): string {
  const { firstName, lastName } = state.customers.get(customerId)!;
  return `${firstName} ${lastName}`;
}
