import { book } from './booking.ts';
import { toIban } from './iban.ts';
import { parseAmount } from './money.ts';
import type { Account, BankState, Card, Currency, Customer } from './state.ts';

/** The bank on its first morning: `anna` with three accounts, `ben` with two. Every call gives a bank of its own. */
export function createInitialState(): BankState {
  return {
    customers: byKey([anna, ben], ({ customerId }) => customerId),
    accounts: byKey(openAccounts(), ({ accountId }) => accountId),
    cards: byKey(issueCards(), ({ cardId }) => cardId),
    transfers: new Map(),
    notices: new Map(),
    clearing: new Map(),
  };
}

function byKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value> {
  return new Map(values.map((value) => [keyOf(value), value]));
}

const anna: Customer = {
  customerId: 'anna',
  segment: 'retail',
  firstName: 'Anna',
  lastName: 'Lindqvist',
  birthDate: '1988-04-12',
  email: 'anna.lindqvist@mail.example',
  phone: [
    { value: '+447700900123', use: 'mobile' },
    { value: '+442079460018', use: 'work' },
  ],
  address: { line: ['14 Harbour Street'], postalCode: 'EH6 6JJ', city: 'Edinburgh', country: 'GB' },
  customerSince: '2012-09-03T08:30:00Z',
};

const ben: Customer = {
  customerId: 'ben',
  segment: 'business',
  firstName: 'Ben',
  lastName: 'Okafor',
  birthDate: '1979-11-30',
  email: null,
  phone: [],
  address: { line: ['Unit 7', '3 Mill Lane'], postalCode: 'LS1 4AP', city: 'Leeds', country: 'GB' },
  customerSince: '2019-01-21T14:05:00Z',
};

function openAccounts(): Account[] {
  const current = openAccount('acc-1001', 'anna', 'current', 'Everyday', 'EUR', '10010001', '500', '2000');
  bookHistory(current);
  return [
    current,
    openAccount('acc-1002', 'anna', 'savings', 'Rainy days', 'EUR', '10010002', '0', '12500.5'),
    openAccount('acc-1003', 'anna', 'currency', 'Kuwait office', 'KWD', '10010003', '0', '320.125'),
    openAccount('acc-2001', 'ben', 'current', 'Workshop', 'EUR', '20010001', '1000', '940.25'),
    openAccount('acc-2002', 'ben', 'savings', 'Tax', 'GBP', '20010002', '0', '4800'),
  ];
}

function openAccount(
  accountId: string,
  owner: string,
  kind: Account['kind'],
  name: string,
  currency: Currency,
  accountNumber: string,
  overdraftLimit: string,
  opening: string,
): Account {
  const account: Account = {
    accountId,
    owner,
    kind,
    name,
    currency,
    accountNumber,
    iban: toIban(accountNumber),
    overdraftLimit: parseAmount(overdraftLimit),
    openedOn: '2024-12-30',
    balance: 0n,
    transactions: [],
  };
  book(account, parseAmount(opening), { kind: 'opening', bookedAt: '2024-12-30T09:00:00Z', reference: null });
  return account;
}

const MONTHS = 12;

/** A year of salaries and card payments: enough for several pages. */
function bookHistory(account: Account): void {
  for (let month = 1; month <= MONTHS; month += 1) {
    const yearMonth = `2025-${String(month).padStart(2, '0')}`;
    const pay = (day: string, amount: string, shop: string): void => {
      book(account, parseAmount(amount), {
        kind: 'card',
        bookedAt: `${yearMonth}-${day}T17:45:00Z`,
        counterpartyName: shop,
        reference: null,
      });
    };
    pay('05', '-86.4', 'Leith Grocers');
    pay('12', '-42.99', 'City Trams');
    pay('19', '-118.75', 'North Books & Paper');
    book(account, parseAmount('260'), {
      kind: 'salary',
      bookedAt: `${yearMonth}-28T06:00:00Z`,
      counterpartyName: 'Forth Engineering Ltd',
      reference: `Salary ${yearMonth}`,
    });
  }
}

function issueCards(): Card[] {
  return [
    { cardId: 'card-5001', owner: 'anna', accountId: 'acc-1001', lastFourDigits: '4242', expires: '2028-05' },
    { cardId: 'card-5002', owner: 'anna', accountId: 'acc-1002', lastFourDigits: '1881', expires: '2027-11' },
    { cardId: 'card-6001', owner: 'ben', accountId: 'acc-2001', lastFourDigits: '0005', expires: '2029-02' },
  ];
}
